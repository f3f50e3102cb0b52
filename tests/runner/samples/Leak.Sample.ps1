# Leaves things behind on purpose; Leaked.Sample.ps1 looks for them.
Describe 'Leak' {
    BeforeAll {
        $script:fromOtherFile = 'script'
        $plainFromOtherFile = 'plain'
        Set-Location /
    }
    It 'keeps its file scope' { $script:fromOtherFile | Should -Be 'script' }
    It 'leaves files that point outside' {
        Set-Content "$TestDrive/file" 'x'
        $null = New-Item -ItemType SymbolicLink -Path "$TestDrive/link" -Target $PSScriptRoot
    }
}
