Describe 'Leaked' {
    It 'sees nothing of another file' {
        Get-Variable fromOtherFile, plainFromOtherFile -ErrorAction Ignore | Should -BeNullOrEmpty
    }
    It 'starts where the run started' { (Get-Location).Path | Should -Not -Be '/' }
    It 'has an empty TestDrive' { Get-ChildItem $TestDrive | Should -BeNullOrEmpty }
    It 'tells where TestDrive is' { Write-Host "TestDrive=$TestDrive" }
    It 'still has what the link pointed at' { "$PSScriptRoot/Leak.Sample.ps1" | Should -Exist }
}
