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

    It 'Settle_FoldsInWhatAGuestKeepsApart_RunningOrNot' {
        Start-VServer keeper
        $result = Stop-VServer keeper -Settle
        $result.Moved | Should -BeGreaterThan 0
        Get-Content "$store/keeper/root/made" | Should -Be 'kept'
        Start-VServer keeper
        Invoke-VServerCommand keeper { echo again > /root/made }
        Stop-VServer keeper
        (Get-VServer keeper).HasDelta | Should -BeTrue
        $result = Stop-VServer keeper -Settle
        $result.Step | Should -Be 'Gone'
        $result.Moved | Should -BeGreaterThan 0
        $result.Discarded | Should -BeFalse
        Get-Content "$store/keeper/root/made" | Should -Be 'again'
        (Get-VServer keeper).HasDelta | Should -BeFalse
    }

    It 'Discard_LeavesTheTreeAsItWas_RunningOrNot' {
        $before = Get-TreeDigest "$store/idle"
        Start-VServer idle
        Invoke-VServerCommand idle { echo new > /root/dropped; rm /etc/passwd }
        $result = Stop-VServer idle -Discard
        $result.Discarded | Should -BeTrue
        $result.Moved | Should -Be 0
        (Stop-VServer idle -Discard).Discarded | Should -BeFalse
        Get-TreeDigest "$store/idle" | Should -Be $before

        $before = Get-TreeDigest "$store/keeper"
        Start-VServer keeper
        Invoke-VServerCommand keeper { rm /root/made }
        Stop-VServer keeper
        (Stop-VServer keeper -Discard).Discarded | Should -BeTrue
        (Get-VServer keeper).HasDelta | Should -BeFalse
        Get-TreeDigest "$store/keeper" | Should -Be $before
    }

    It 'SettleAndDiscard_ExcludeEachOther' {
        { Stop-VServer idle -Settle -Discard } | Should -Throw -ErrorId 'AmbiguousParameterSet,VServer.Commands.StopVServerCommand'
    }

    It 'Detailed_CountsTheDeltaAsDuDoes' {
        $null = New-TestGuest counted
        (Get-VServer counted).DeltaBytes | Should -Be $null
        (Get-VServer counted -Detailed).DeltaFiles | Should -Be 0
        Start-VServer counted
        Invoke-VServerCommand counted -ArgumentList /bin/sh, -c, 'mkdir /root/in; i=0; while [ $i -lt 50 ]; do echo $i > /root/in/$i; i=$((i+1)); done; ln /root/in/1 /root/again; rm /etc/group'
        $guest = Get-VServer counted -Detailed
        $guest.DeltaFiles | Should -Be 52
        $guest.DeltaBytes | Should -Be ([long](du -s -B1 "$store/.vserver/delta/counted/upper" | ForEach-Object { ($_ -split '\s')[0] }))
        $guest | Format-List | Out-String | Should -Match 'Delta\s+: .* in 52 files'
        $null = Stop-VServer counted
        (Get-VServer counted -Detailed).DeltaFiles | Should -Be 0
    }
}
