BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    'one', 'two' | ForEach-Object { $null = New-TestGuest $_ }
}

AfterAll { Remove-TestStore $store }

Describe 'Suspend-VServer and Resume-VServer' {
    AfterEach { $null = Stop-VServer * -TimeoutSec 1 }

    It 'Running_IsSuspendedAndGoesOn' {
        Start-VServer one
        Suspend-VServer one | Should -BeNullOrEmpty
        (Get-VServer one).State | Should -Be 'Suspended'
        Resume-VServer one | Should -BeNullOrEmpty
        (Get-VServer one).State | Should -Be 'Running'
        Invoke-VServerCommand one { echo on } | Should -Be 'on'
    }

    It 'PassThru_GivesTheGuestsInOrder' {
        $all = 'one', 'two' | Start-VServer -PassThru | Suspend-VServer -PassThru
        $all.Name | Should -Be 'one', 'two'
        $all.State | Should -Be 'Suspended', 'Suspended'
        ($all | Resume-VServer -PassThru).State | Should -Be 'Running', 'Running'
    }

    It 'Stopped_IsAnErrorAndTheOthersAreSuspended' {
        Start-VServer two
        Suspend-VServer one, two -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotRunning,VServer.Commands.SuspendVServerCommand'
        (Get-VServer two).State | Should -Be 'Suspended'
    }

    It 'CommandInSuspended_IsAnError' {
        Start-VServer one
        Suspend-VServer one
        { Invoke-VServerCommand one { echo never } -ErrorAction Stop } | Should -Throw -ErrorId 'GuestSuspended,VServer.Commands.InvokeVServerCommandCommand'
    }

    It 'StopOfSuspended_EndsBySignal' {
        Start-VServer one
        Suspend-VServer one
        (Stop-VServer one).Step | Should -Be 'Signal'
    }

    It 'WhatIf_LeavesItRunning' {
        Start-VServer one
        Suspend-VServer one -WhatIf
        (Get-VServer one).State | Should -Be 'Running'
    }

    It 'ResumeOfStopped_IsAnError' {
        { Resume-VServer one -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotRunning,VServer.Commands.ResumeVServerCommand'
    }
}
