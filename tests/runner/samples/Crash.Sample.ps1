Describe 'Crash' {
    It 'ends the process' { [Environment]::Exit(9) }
}
