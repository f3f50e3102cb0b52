BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest idle
    $null = New-TestGuest stubborn @{ Init = 'Plain'; Command = '/bin/sh', '-c', 'trap "" TERM INT HUP; while :; do sleep 1; done' }
}

AfterAll { Remove-TestStore $store }

Describe 'Stop-VServer' {
    It 'Running_EndsBySignal' {
        Start-VServer idle
        $result = Stop-VServer idle
        $result.Name | Should -Be 'idle'
        $result.Step | Should -Be 'Signal'
        $result.Elapsed | Should -BeLessThan ([TimeSpan]::FromSeconds(10))
        (Get-VServer idle).State | Should -Be 'Stopped'
    }

    It 'Stubborn_IsKilledAfterTheTimeout' {
        Start-VServer stubborn
        $result = Stop-VServer stubborn -TimeoutSec 1
        $result.Step | Should -Be 'Kill'
        $result.Elapsed | Should -BeGreaterThan ([TimeSpan]::FromMilliseconds(900))
        (Get-VServer stubborn).State | Should -Be 'Stopped'
    }

    It 'NotRunning_IsNoFailure' {
        (Stop-VServer idle -ErrorAction Stop).Step | Should -Be 'Gone'
    }

    It 'Changes_AreFoldedIntoTheTree' {
        Start-VServer idle
        Invoke-VServerCommand idle { echo new > /root/made; rm /etc/group }
        $result = Stop-VServer idle
        $result.Moved | Should -BeGreaterThan 0
        $result.Removed | Should -Be 1
        Get-Content "$store/idle/root/made" | Should -Be 'new'
        Test-Path "$store/idle/etc/group" | Should -BeFalse
        (Get-VServer idle).HasDelta | Should -BeFalse
    }

    It 'WhatIf_StopsNothing' {
        Start-VServer idle
        Stop-VServer idle -WhatIf | Should -BeNullOrEmpty
        (Get-VServer idle).State | Should -Be 'Running'
        Stop-VServer idle
    }

    It 'Unknown_IsAnError' {
        { Stop-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.StopVServerCommand'
    }

    It 'KeepDelta_StaysBesideTheTree' {
        $null = New-TestGuest keeper @{ Delta = 'Keep' }
        Start-VServer keeper
        Invoke-VServerCommand keeper { echo kept > /root/made }
        Stop-VServer keeper
        Test-Path "$store/keeper/root/made" | Should -BeFalse
        (Get-VServer keeper).HasDelta | Should -BeTrue
        Start-VServer keeper
        Invoke-VServerCommand keeper { cat /root/made } | Should -Be 'kept'
        Stop-VServer keeper
    }
}
