# What reaches whom. "Host" is a namespace with a cable to another, "outside"; the machine that runs the tests sees nothing of it.
BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/networks.ps1
    $store = New-TestStore
    $hostSpace = New-Space
    $outside = New-Space
    $elsewhere = New-Space
    Connect-Space $hostSpace up0 @('192.0.2.1/24', '2001:db8::1/64') $outside up0 @('192.0.2.2/24', '2001:db8::2/64')
    Connect-Space $hostSpace up1 @('198.51.100.1/24') $elsewhere up1 @('198.51.100.2/24')
    Invoke-In $outside ip route add default via 192.0.2.1
    Invoke-In $elsewhere ip route add default via 198.51.100.1
    $before = Get-SpaceState $hostSpace

    $www = New-Item -ItemType Directory "$store/.www"
    Set-Content "$www/name" 'the host'
    Invoke-In $hostSpace busybox httpd -p '[::]:9000' -h $www
    $null = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64
    $null = New-VServerNetwork other -Subnet 10.77.2.0/24
    $null = New-VServerNetwork out -Subnet 10.77.3.0/24, fd77:3::/64 -Masquerade
    $null = New-NetworkGuest web @{ Network = 'lan'; Publish = '8080:80/tcp', '5353:53/udp' }
    $null = New-NetworkGuest db @{ Network = 'lan'; Address = '10.77.1.20', '10.77.1.21', 'fd77:1::20' }
    $null = New-NetworkGuest far @{ Network = 'other' }
    $null = New-NetworkGuest free @{ Network = 'out' }
    $null = New-NetworkGuest alone
    Invoke-EngineIn $hostSpace 'Start-VServer *' | Should -BeNullOrEmpty
    foreach ($name in 'web', 'db', 'far', 'free') { Wait-Until { Test-In $name 'wget -qO- http://127.0.0.1/name' } -What "the server of $name" }
}

AfterAll {
    Get-VServer -Store $store -ErrorAction Ignore | Stop-VServer -TimeoutSec 1 -ErrorAction Ignore
    Remove-Space $hostSpace, $outside, $elsewhere
    Remove-TestStore $store
}

Describe 'Networks' {
    It 'OneNetwork_GuestsReachEachOther' {
        Get-PageIn db 10.77.1.2 | Should -Be 'web'
        Get-PageIn web 10.77.1.20 | Should -Be 'db'
        Get-PageIn web 10.77.1.21 | Should -Be 'db'
        Get-PageIn web '[fd77:1::20]' | Should -Be 'db'
        Get-AnsweringIn web 10.77.1.20, fd77:1::20 | Sort-Object | Should -Be '10.77.1.20', 'fd77:1::20'
    }

    It 'Host_AndGuestReachEachOther' {
        Get-PageFrom $hostSpace 10.77.1.2 | Should -Be 'web'
        Get-PageFrom $hostSpace '[fd77:1::20]' | Should -Be 'db'
        Get-PageIn web 10.77.1.1:9000 | Should -Be 'the host'
        Get-PageIn web '[fd77:1::1]:9000' | Should -Be 'the host'
    }

    It 'HostsOtherAddresses_AreNotReached' {
        $addresses = '192.0.2.1:9000', '198.51.100.1:9000', '[2001:db8::1]:9000', '10.77.2.1:9000'
        Get-PageIn web ($addresses + '10.77.3.1:9000') -Seconds 2 | Should -BeNullOrEmpty
        Get-PageIn free $addresses -Seconds 2 | Should -BeNullOrEmpty
    }

    It 'OtherNetworks_AreNotReached' {
        Get-AnsweringIn web 10.77.2.2, 10.77.3.2 -Seconds 1 | Should -BeNullOrEmpty
        Get-AnsweringIn far 10.77.1.2 -Seconds 1 | Should -BeNullOrEmpty
        Get-AnsweringIn free 10.77.1.2, fd77:1::20 -Seconds 1 | Should -BeNullOrEmpty
        Get-PageIn free 192.0.2.1:8080 -Seconds 2 | Should -BeNullOrEmpty
    }

    It 'NoNetwork_ReachesNobody' {
        Test-In alone 'test "$(ls /sys/class/net)" = lo' | Should -BeTrue
        Test-In alone 'ping -c 1 -W 1 10.77.1.1' | Should -BeFalse
    }

    It 'PublishedPort_IsReachedFromOutside' {
        Get-PageFrom $outside 192.0.2.1:8080 | Should -Be 'web'
        Get-PageFrom $outside '[2001:db8::1]:8080' | Should -Be 'web'
        Get-PageFrom $elsewhere 198.51.100.1:8080 | Should -Be 'web'
        Get-PageFrom $outside 192.0.2.1:9000 | Should -Be 'the host'
        $datagram = 'exec 3<>"/dev/udp/$0/5353"; echo over udp >&3; timeout 20 head -n 1 <&3'
        Invoke-In $outside bash -c $datagram 192.0.2.1 | Should -Be 'over udp'
        Invoke-In $outside bash -c $datagram 2001:db8::1 | Should -Be 'over udp'
    }

    It 'PublishedPort_IsReachedFromTheHostAtItsAddresses' {
        Get-PageFrom $hostSpace 192.0.2.1:8080 | Should -Be 'web'
        Get-PageFrom $hostSpace '[2001:db8::1]:8080' | Should -Be 'web'
        Get-PageFrom $hostSpace 127.0.0.1:8080 -Seconds 2 | Should -BeNullOrEmpty
    }

    It 'FromOutside_NothingElseIsReached' {
        Get-PageFrom $outside 10.77.1.2, 10.77.1.20, 10.77.2.2, 10.77.3.2 -Seconds 2 | Should -BeNullOrEmpty
    }

    It 'WithoutMasquerade_OutsideIsNotReached' {
        Get-AnsweringIn web 192.0.2.2, 2001:db8::2 -Seconds 1 | Should -BeNullOrEmpty
    }

    It 'WithMasquerade_OutsideIsReachedUnderTheHostsAddress' {
        # Its ways back lead to the host only where the packet shows the host's address: out's IPv6 subnet is not routed there at all.
        Invoke-In $outside busybox httpd -p '[::]:7000' -h $www
        Get-PageIn free 192.0.2.2:7000 | Should -Be 'the host'
        Test-In free 'ping6 -c 1 -W 20 2001:db8::2' | Should -BeTrue
        Invoke-In $outside nft 'add table inet seen; add chain inet seen input { type filter hook input priority 0; }; add rule inet seen input ip saddr 192.0.2.1 icmp type echo-request counter'
        Test-In free 'ping -c 1 -W 20 192.0.2.2' | Should -BeTrue
        (Invoke-In $outside nft list table inet seen) -join ' ' | Should -Match 'counter packets 1 '
    }

    It 'Host_IsNoRouterForOthers' {
        Invoke-In $hostSpace cat /proc/sys/net/ipv4/conf/all/forwarding | Should -Be '0'
        Invoke-In $hostSpace cat /proc/sys/net/ipv6/conf/all/forwarding | Should -Be '0'
        Invoke-In $hostSpace cat /proc/sys/net/ipv4/conf/up0/forwarding | Should -Be '1'
        Invoke-In $outside busybox ping -c 1 -W 1 198.51.100.2 *> $null
        $LASTEXITCODE | Should -Not -Be 0
    }

    It 'HostAsRouter_RoutesAfterTheNextStart' {
        Invoke-In $hostSpace sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
        Invoke-EngineIn $hostSpace 'Restart-VServer web -TimeoutSec 1' | Out-Null
        Invoke-In $outside busybox ping -c 1 -W 20 198.51.100.2 *> $null
        $LASTEXITCODE | Should -Be 0
        Invoke-In $hostSpace sh -c 'echo 0 > /proc/sys/net/ipv4/ip_forward'
        Invoke-EngineIn $hostSpace 'Restart-VServer web -TimeoutSec 1' | Out-Null
        Wait-Until { (Get-PageFrom $outside 192.0.2.1:8080 -Seconds 2) -eq 'web' } -What 'the published port'
    }

    It 'Reboot_FromInside_KeepsTheNetwork' {
        $pid1 = (Get-VServer web).ProcessId
        $null = Invoke-VServerCommand web -ArgumentList /bin/sh, -c, 'ip link delete eth0; reboot -f' -AsResult
        Wait-Until { ($now = Get-VServer web).Restarts -gt 0 -and $now.ProcessId -and $now.ProcessId -ne $pid1 } -What 'the restart'
        Wait-Until { (Get-PageIn db 10.77.1.2 -Seconds 2) -eq 'web' } -What 'the server after the restart'
        Get-PageFrom $outside 192.0.2.1:8080 | Should -Be 'web'
    }

    It 'Ephemeral_HasTheNetwork' {
        Stop-VServer far -TimeoutSec 1 | Out-Null
        (Invoke-EngineIn $hostSpace 'Invoke-VServerCommand far -Ephemeral -ArgumentList ping, -c, 1, -W, 20, 10.77.2.1') -join ' ' | Should -Match '1 packets received'
        Invoke-EngineIn $hostSpace 'Start-VServer far'
    }

    It 'View_ShowsNetworkAddressesAndPorts' {
        $web = Get-VServer web
        $web.Network | Should -Be 'lan'
        $web.Addresses | Should -Be '10.77.1.2', 'fd77:1::2'
        $web.Publish | Should -Be '8080:80/tcp', '5353:53/udp'
        Get-VServer web -Detailed | Out-String | Should -Match 'Addresses\s*: \{10\.77\.1\.2, fd77:1::2\}\s+Publish\s*: \{8080:80/tcp, 5353:53/udp\}'
        Invoke-EngineIn $hostSpace '(Get-VServerNetwork lan).Active' | Should -Be 'True'
    }

    It 'Running_IsNotChanged' {
        { Set-VServer web -Network other -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,*'
    }
}
