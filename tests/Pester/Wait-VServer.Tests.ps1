BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest idle
    $null = New-TestGuest brief @{ Init = 'Plain'; Command = '/bin/sleep', '0.5' }
}

AfterAll { Remove-TestStore $store }

Describe 'Wait-VServer' {
    AfterEach { $null = Stop-VServer * -TimeoutSec 1 }

    It 'GuestThatEnds_IsGivenThen' {
        Start-VServer brief
        $guest = Wait-VServer brief -TimeoutSec 30
        $guest.Name | Should -Be 'brief'
        $guest.ProcessId | Should -BeNullOrEmpty
    }

    It 'StateReachedAlready_IsGivenAtOnce' {
        Start-VServer idle
        (Wait-VServer idle -State Running -TimeoutSec 30).Name | Should -Be 'idle'
    }

    It 'Several_EachAsItIsReached' {
        Start-VServer idle, brief
        $first = Wait-VServer * -TimeoutSec 4 -ErrorVariable failure -ErrorAction SilentlyContinue
        $first.Name | Should -Be 'brief'
        $failure[0].FullyQualifiedErrorId | Should -Be 'WaitTimedOut,VServer.Commands.WaitVServerCommand'
        $failure[0].TargetObject | Should -Be 'idle'
    }

    It 'Unknown_IsAnError' {
        { Wait-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.WaitVServerCommand'
    }
}
