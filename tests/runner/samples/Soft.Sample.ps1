Describe 'Soft' {
    It 'collects' {
        1 | Should -Be 2
        3 | Should -Be 4
        Write-Host 'went on'
    }
    It 'stops where asked' {
        1 | Should -Be 2 -ErrorAction Stop
        Write-Host 'should not get here'
    }
}
