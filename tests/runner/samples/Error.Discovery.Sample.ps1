Describe 'Discovery' {
    It 'is not run' { Write-Host 'a test of a broken file ran' }
    throw 'broken body'
}
