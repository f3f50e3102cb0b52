BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    'one', 'two' | ForEach-Object { $null = New-TestGuest $_ }
}

AfterAll { Remove-TestStore $store }

Describe 'Start-VServer' {
    AfterEach { Get-VServer | Stop-VServer -TimeoutSec 1 }

    It 'Stopped_Runs' {
        Start-VServer one | Should -BeNullOrEmpty
        $guest = Get-VServer one
        $guest.State | Should -Be 'Running'
        $guest.ProcessId | Should -BeGreaterThan 1
        $guest.Started | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-1))
        Test-Path "/proc/$($guest.ProcessId)" | Should -BeTrue
    }

    It 'PassThru_GivesTheRunningGuests' {
        $guests = Get-VServer | Start-VServer -PassThru
        $guests.Name | Should -Be 'one', 'two'
        $guests.State | Should -Be 'Running', 'Running'
    }

    It 'Running_IsAnError' {
        Start-VServer one
        { Start-VServer one -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,VServer.Commands.StartVServerCommand'
    }

    # As in a store that came from another host.
    It 'IdsOfARunningGuest_OthersAreGivenAndRemembered' {
        $path = "$store/.vserver/guests/two.json"
        $config = Get-Content -Raw $path | ConvertFrom-Json -AsHashtable
        $config.idBase = (Get-VServer one).IdBase
        $config | ConvertTo-Json -Depth 9 | Set-Content $path
        (Get-VServer two).IdBase | Should -Be (Get-VServer one).IdBase
        Start-VServer one, two
        (Get-VServer two).IdBase | Should -Not -Be (Get-VServer one).IdBase
        (Invoke-VServerCommand two { cat /proc/self/uid_map }) -split ' +' | Should -Contain "$((Get-VServer two).IdBase)"
    }

    # Other ids are written down; killed meanwhile, and with the ids free again, no later start writes.
    It 'ConfigurationHalfWritten_IsGoneWithTheNextStart' {
        Set-Content "$store/.vserver/guests/.0123.tmp" 'half'
        Start-VServer one
        Test-Path "$store/.vserver/guests/.0123.tmp" | Should -BeFalse
    }

    It 'OneFails_TheOthersStart' {
        Start-VServer one, nobody, two -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotFound,VServer.Commands.StartVServerCommand'
        (Get-VServer).State | Should -Be 'Running', 'Running'
    }

    It 'WhatIf_StartsNothing' {
        Start-VServer * -WhatIf
        (Get-VServer).State | Should -Be 'Stopped', 'Stopped'
    }

    It 'WhatIf_OfUnknown_IsStillAnError' {
        { Start-VServer nobody -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,*'
    }

    It 'ManyAtOnce_AllRunAndNothingIsLeftWhenStopped' {
        $names = 1..6 | ForEach-Object { "many$_" }
        $names | ForEach-Object { $null = New-TestGuest $_ }
        (Start-VServer many* -PassThru -ThrottleLimit 3).Name | Should -Be $names
        (Stop-VServer many*).Name | Should -Be $names
        Get-Cgroup many* | Should -BeNullOrEmpty
        Remove-VServer many* -Confirm:$false
    }

    It 'Priority_HigherIsStartedEarlierAndStoppedLater' {
        $null = New-TestGuest base @{ Priority = 5 }
        $null = New-TestGuest last @{ Priority = -5 }
        $started = 'last', 'one', 'base' | Start-VServer -PassThru -ThrottleLimit 1
        $started.Name | Should -Be 'base', 'one', 'last'
        (Stop-VServer base, one, last -ThrottleLimit 1).Name | Should -Be 'last', 'one', 'base'
        Remove-VServer base, last -Confirm:$false
    }

    It 'AnotherEngine_FindsItRunning' {
        Start-VServer one
        & (Get-EnginePath) -NoProfile -Command "Import-Module '$Module'; (Get-VServer one -Store '$store').State" | Should -Be 'Running'
    }

    It 'ByAnotherEngine_SurvivesIt' {
        & (Get-EnginePath) -NoProfile -Command "Import-Module '$Module'; Start-VServer one -Store '$store'"
        (Get-VServer one).State | Should -Be 'Running'
    }
}
