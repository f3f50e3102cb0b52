BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest one
}

AfterAll { Remove-TestStore $store }

Describe 'Restart-VServer' {
    AfterEach { Stop-VServer one -TimeoutSec 1 }

    It 'Running_GetsANewProcess' {
        $before = Start-VServer one -PassThru
        $after = Restart-VServer one -TimeoutSec 2 -PassThru
        $after.State | Should -Be 'Running'
        $after.ProcessId | Should -Not -Be $before.ProcessId
    }

    It 'Stopped_IsStarted' {
        Restart-VServer one | Should -BeNullOrEmpty
        (Get-VServer one).State | Should -Be 'Running'
    }

    It 'WhatIf_LeavesItRunning' {
        $before = Start-VServer one -PassThru
        Restart-VServer one -WhatIf
        (Get-VServer one).ProcessId | Should -Be $before.ProcessId
    }

    It 'Unknown_IsAnError' {
        { Restart-VServer nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.RestartVServerCommand'
    }
}
