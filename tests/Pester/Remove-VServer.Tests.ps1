BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
}

AfterAll { Remove-TestStore $store }

Describe 'Remove-VServer' {
    BeforeEach { $null = New-TestGuest one }

    AfterEach { Get-VServer | Remove-VServer -Force -Confirm:$false }

    It 'Stopped_IsGoneWithItsFiles' {
        Remove-VServer one -Confirm:$false | Should -BeNullOrEmpty
        Get-VServer | Should -BeNullOrEmpty
        Test-Path "$store/one" | Should -BeFalse
        Get-ChildItem "$store/.vserver" -Recurse -File -Force | Should -BeNullOrEmpty
    }

    It 'Running_IsRefused' {
        Start-VServer one
        { Remove-VServer one -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,VServer.Commands.RemoveVServerCommand'
        (Get-VServer one).State | Should -Be 'Running'
    }

    It 'RunningWithForce_IsGone' {
        $process = (Start-VServer one -PassThru).ProcessId
        Remove-VServer one -Force -Confirm:$false
        Get-VServer | Should -BeNullOrEmpty
        Test-Path "/proc/$process" | Should -BeFalse
    }

    It 'WhatIf_RemovesNothing' {
        Remove-VServer one -WhatIf
        Test-Path "$store/one/bin/sh" | Should -BeTrue
    }

    It 'WithoutConfirmation_AsksAndTakesNoForAnAnswer' {
        'n' | & (Get-EnginePath) -NoProfile -Command "Import-Module '$Module'; Remove-VServer one -Store '$store'" 2>&1 | Out-String | Should -Match 'Remove the guest and all its files'
        (Get-VServer one).Name | Should -Be 'one'
    }

    It 'Unknown_IsAnError' {
        { Remove-VServer nobody -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,VServer.Commands.RemoveVServerCommand'
    }

    It 'Pattern_RemovesWhatItMatches' {
        $null = New-TestGuest two
        Remove-VServer o* -Confirm:$false
        (Get-VServer).Name | Should -Be 'two'
    }
}
