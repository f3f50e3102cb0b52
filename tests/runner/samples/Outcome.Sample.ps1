Describe 'Outcome' {
    It 'passes' { 1 | Should -Be 1 }
    It 'fails' { 1 | Should -Be 2 -Because 'two is more' }
    It 'throws' { throw [System.IO.IOException]'disk full' }
    It 'calls a helper that throws' {
        function Invoke-Deep { throw 'deep' }
        Invoke-Deep
    }
    It 'fails on text' { "abc`ndef" | Should -BeExactly "abc`nDef" }
    It 'is left out' -Skip { throw 'never' }
    It 'is left out on a condition' -Skip:($true -and 1) { throw 'never' }
    It 'is kept on a condition' -Skip:$false { }
    It 'skips itself' { Set-ItResult -Skipped -Because 'there is no tmux'; throw 'never' }
    It 'leaves by break' { break }
    It 'only writes an error' { Write-Error 'shown, not fatal' 2>$null }

    Context 'BeforeEach fails' {
        BeforeEach { throw 'no setup' }
        AfterEach { Write-Host 'AfterEach ran' }
        It 'never starts' { Write-Host 'test body ran' }
    }

    Context 'AfterEach fails' {
        AfterEach { throw 'no teardown' }
        It 'fails afterwards' { }
    }
}
