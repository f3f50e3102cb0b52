Describe 'Filter' {
    It 'plain' { }
    It 'slow' -Tag 'Slow' { }
    Context 'Tagged' -Tag 'Net' {
        BeforeAll { Write-Host 'BeforeAll of Tagged' }
        It 'below' { }
        It 'slow below' -Tag 'Slow' { }
    }
    Context 'Other' {
        BeforeAll { Write-Host 'BeforeAll of Other' }
        It 'plain too' { }
    }
}
