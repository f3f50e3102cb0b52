BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest talker @{ Init = 'Plain'; Command = '/bin/sh', '-c', 'echo one; echo two >&2; echo three; exit 3' }
    $null = New-TestGuest half @{ Command = '/bin/sh', '-c', 'echo oops; exit 4' }
    Start-VServer talker, half
    $null = Wait-VServer talker -TimeoutSec 30
}

AfterAll { Remove-TestStore $store }

Describe 'Get-VServerLog' {
    It 'EndedGuest_GivesItsLines' {
        $lines = Get-VServerLog talker
        $lines.Line | Should -Be 'one', 'two', 'three'
        $lines[0].Guest | Should -Be 'talker'
    }

    It 'Tail_GivesTheLast' {
        (Get-VServerLog talker -Tail 1).Line | Should -Be 'three'
    }

    It 'Follow_GivesLinesUntilItIsStopped' {
        (Get-VServerLog talker -Follow | Select-Object -First 2).Line | Should -Be 'one', 'two'
    }

    It 'EscapesOfTheGuest_AreShownAndNotActedOn' {
        $null = New-TestGuest forger @{ Init = 'Plain'; Command = '/bin/bash', '-c', 'printf "\e]0;mine\a\e[2J\e[31mred\n"' }
        Start-VServer forger
        $null = Wait-VServer forger -TimeoutSec 30
        (Get-VServerLog forger).Line | Should -Be "`e]0;mine`a`e[2J`e[31mred"
        Get-VServerLog forger | Out-String | Should -Match '\\x1b\]0;mine\\x07\\x1b\[2J.*red'
    }

    It 'Unknown_IsAnError' {
        { Get-VServerLog nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.GetVServerLogCommand'
    }
}

Describe 'The state of a guest that has failed' {
    It 'EndedByItselfAndBadly_IsFailedWithTheReason' {
        $guest = Get-VServer talker
        $guest.State | Should -Be 'Failed'
        $guest.Reason | Should -Match 'exit code 3'
    }

    It 'CommandFailedWhileTheRestRuns_IsDegradedWithTheReason' {
        Wait-Until { (Get-VServer half).State -eq 'Degraded' } -What 'the failure of the command'
        (Get-VServer half).Reason | Should -Match 'exit code 4'
    }

    It 'MonitorKilled_IsFailedAndStartsAgain' {
        $guest = Get-VServer half
        Get-Monitor half | Stop-Process -Force
        Wait-Until { (Get-VServer half).State -eq 'Failed' } -What 'the end of the guest'
        (Get-VServer half).Reason | Should -Match 'monitor was killed'
        Test-Path "/proc/$($guest.ProcessId)" | Should -BeFalse
        Start-VServer half
        $null = Stop-VServer half
        (Get-VServer half).State | Should -Be 'Stopped'
    }
}
