BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest open @{ Privileged = $true; Network = 'Host' }
    $null = New-TestGuest plain

    function Get-Row {
        param([string]$Table, [string]$Name)
        $Table -split "`n" | Where-Object { $_ -match "^$Name\s" }
    }
}

AfterAll { Remove-TestStore $store }

Describe 'Guests without a user namespace' {
    AfterEach { Get-VServer | Stop-VServer -TimeoutSec 1 }

    It 'Listings_SayHostNetworkAndPrivileged' {
        foreach ($listing in { Get-VServer }, { Get-VServer | Start-VServer -PassThru }) {
            $table = & $listing | Format-Table | Out-String -Width 200
            Get-Row $table open | Should -Match '\bHost\b.*\byes\b'
            Get-Row $table plain | Should -Not -Match '\b(Host|yes)\b'
        }
        Get-VServer open -Detailed | Out-String | Should -Match 'Privileged\s*: True'
        Get-VServer open | Format-List | Out-String | Should -Match '(?s)Network\s*: Host.*Privileged\s*: True'
    }

    It 'Root_IsTheHosts_OfThePrivilegedOneAlone' {
        Start-VServer *
        (Invoke-VServerCommand open { cat /proc/self/uid_map }) -split ' +' -join ' ' | Should -BeLike '*0 0 4294967295'
        (Invoke-VServerCommand plain { cat /proc/self/uid_map }) -split ' +' -join ' ' | Should -BeLike "*0 $((Get-VServer plain).IdBase) 65536"
    }

    It 'Set_TakesAndGivesBackTheUserNamespace' {
        Set-VServer plain -Privileged
        (Get-VServer plain).Privileged | Should -BeTrue
        Start-VServer plain
        (Invoke-VServerCommand plain { cat /proc/self/uid_map }) -split ' +' | Should -Contain '4294967295'
        Stop-VServer plain
        Set-VServer plain -Privileged:$false
        Start-VServer plain
        (Invoke-VServerCommand plain { cat /proc/self/uid_map }) -split ' +' | Should -Not -Contain '4294967295'
    }
}
