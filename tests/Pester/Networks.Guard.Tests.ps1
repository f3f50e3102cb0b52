# What a guest may send: only what is its own. It has every capability over its end of the link.
BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/networks.ps1
    $store = New-TestStore
    $hostSpace = New-Space
    $null = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64
    $null = New-NetworkGuest bad @{ Network = 'lan' }
    $null = New-NetworkGuest good @{ Network = 'lan' }
    Invoke-EngineIn $hostSpace 'Start-VServer *' | Should -BeNullOrEmpty
    $bridge = (Get-VServerNetwork lan).Bridge
    $mac = @{}
    foreach ($name in 'bad', 'good') { $mac[$name] = (Invoke-VServerCommand $name -ArgumentList cat, /sys/class/net/eth0/address).Trim() }
    $mac.host = "$(Invoke-In $hostSpace ip -br link show $bridge)" -replace '.*(([0-9a-f]{2}:){5}[0-9a-f]{2}).*', '$1'

    function ConvertTo-Hex { param([string]$Text) $Text -replace ':' }

    function ConvertTo-AddressHex { param([string]$Address) [Convert]::ToHexString([Net.IPAddress]::Parse($Address).GetAddressBytes()) }

    # An answer that nobody asked for: the address is at the hardware address.
    function Get-ArpFrame {
        param([string]$From, [string]$Hardware, [string]$Address)
        $own = ConvertTo-Hex $Hardware
        'ffffffffffff' + (ConvertTo-Hex $From) + '0806' + '0001080006040002' + $own + (ConvertTo-AddressHex $Address) + $own + (ConvertTo-AddressHex $Address)
    }

    # A message of ICMPv6 with its checksum.
    function Get-SixFrame {
        param([string]$From, [string]$Source, [string]$Target, [string]$Hardware, [string]$Body)
        $addresses = (ConvertTo-AddressHex $Source) + (ConvertTo-AddressHex $Target)
        $length = ($Body.Length / 2).ToString('x4')
        $sum = 0
        $counted = $addresses + "0000$length" + '0000003a' + $Body
        for ($at = 0; $at -lt $counted.Length; $at += 4) { $sum += [Convert]::ToInt32($counted.Substring($at, 4), 16) }
        while ($sum -gt 0xffff) { $sum = ($sum -band 0xffff) + ($sum -shr 16) }
        $checksum = (0xffff - $sum).ToString('x4')
        (ConvertTo-Hex $Hardware) + (ConvertTo-Hex $From) + '86dd' + '60000000' + $length + '3aff' + $addresses + $Body.Substring(0, 4) + $checksum + $Body.Substring(8)
    }

    function Send-Frame {
        param([string]$Frame)
        Invoke-VServerCommand bad -ArgumentList test-frame, eth0, $Frame | Should -Be 'sent'
    }

    # Where the host believes an address to be, after it has heard what came.
    function Get-Neighbour {
        param([string]$Address)
        "$(Invoke-In $hostSpace ip neigh show $Address dev $bridge)" -replace '.*lladdr (\S+).*', '$1'
    }

    # The host has learned both by their own words, and whatever is sent comes before the answer to this.
    function Update-Neighbour {
        foreach ($address in '10.77.1.2', '10.77.1.3', 'fd77:1::2', 'fd77:1::3') {
            Wait-Until { "$(Invoke-In $hostSpace busybox ping -c 1 -W 1 $address)" -match 'bytes from' } -What "an answer of $address"
        }
    }
}

AfterAll {
    Get-VServer -Store $store -ErrorAction Ignore | Stop-VServer -TimeoutSec 1 -ErrorAction Ignore
    Remove-Space $hostSpace
    Remove-TestStore $store
}

Describe 'What a guest may send' {
    BeforeEach { Update-Neighbour }

    It 'AnotherAddress_IsNotHeard' {
        Test-In bad 'ip address add 10.77.1.9/24 dev eth0; ip address add fd77:1::9/64 dev eth0 nodad 2>/dev/null || ip address add fd77:1::9/64 dev eth0; true' | Should -BeTrue
        Test-In bad 'ping -c 1 -W 1 -I 10.77.1.9 10.77.1.1' | Should -BeFalse
        Test-In bad 'ping -c 1 -W 1 -I 10.77.1.9 10.77.1.3' | Should -BeFalse
        Test-In bad 'ping -c 1 -W 20 -I 10.77.1.2 10.77.1.1' | Should -BeTrue
        Invoke-In $hostSpace busybox ping -c 1 -W 1 10.77.1.9 *> $null
        $LASTEXITCODE | Should -Not -Be 0
        Invoke-In $hostSpace busybox ping -c 1 -W 1 fd77:1::9 *> $null
        $LASTEXITCODE | Should -Not -Be 0
        Test-In bad 'ip address del 10.77.1.9/24 dev eth0; ip address del fd77:1::9/64 dev eth0' | Should -BeTrue
    }

    It 'AnotherHardwareAddress_IsNotHeard' {
        Test-In bad "ip link set eth0 down; ip link set eth0 address $($mac.good); ip link set eth0 up" | Should -BeTrue
        Test-In bad 'ping -c 1 -W 1 10.77.1.1' | Should -BeFalse
        # A link that goes down loses what it has of IPv6.
        Test-In bad "ip link set eth0 down; ip link set eth0 address $($mac.bad); ip link set eth0 up; ip address add fd77:1::2/64 dev eth0" | Should -BeTrue
        Test-In bad 'ping -c 1 -W 20 10.77.1.1' | Should -BeTrue
        Test-In good 'ping -c 1 -W 20 10.77.1.1' | Should -BeTrue
    }

    It 'ForgedArp_IsNotHeard' {
        Send-Frame (Get-ArpFrame $mac.bad $mac.bad 10.77.1.3)
        Send-Frame (Get-ArpFrame $mac.good $mac.bad 10.77.1.3)
        Send-Frame (Get-ArpFrame $mac.bad $mac.good 10.77.1.2)
        Test-In bad 'ping -c 1 -W 20 10.77.1.1' | Should -BeTrue
        Get-Neighbour 10.77.1.3 | Should -Be $mac.good
        Get-Neighbour 10.77.1.2 | Should -Be $mac.bad
    }

    It 'ForgedNeighbour_IsNotHeard' {
        $claim = '88000000' + '20000000' + (ConvertTo-AddressHex fd77:1::3) + '0201' + (ConvertTo-Hex $mac.bad)
        Send-Frame (Get-SixFrame $mac.bad fd77:1::2 fd77:1::1 $mac.host $claim)
        Send-Frame (Get-SixFrame $mac.bad fd77:1::3 fd77:1::1 $mac.host $claim)
        Get-Neighbour fd77:1::3 | Should -Be $mac.good
    }

    It 'RouterAdvertisement_IsNotTaken' {
        $linkLocal = ((Invoke-VServerCommand bad -ArgumentList ip, -6, address, show, dev, eth0) -match 'fe80')[0] -replace '.*(fe80\S+)/64.*', '$1'
        $advertisement = '86000000' + '4000' + '0708' + '00000000' + '00000000'
        Send-Frame (Get-SixFrame $mac.bad $linkLocal ff02::1 33:33:00:00:00:01 $advertisement)
        Invoke-In $hostSpace ip -6 route show default | Should -BeNullOrEmpty
        (Invoke-VServerCommand good -ArgumentList ip, -6, route) -match 'default' | Should -Not -Match 'fe80'
        Invoke-In $hostSpace cat "/proc/sys/net/ipv6/conf/$bridge/accept_ra" | Should -Be '0'
    }

    # From inside, the number of the host's network is known as soon as interfaces were listed.
    It 'NetworkOfTheHost_IsNotReachedThroughTheLink' {
        $null = New-NetworkGuest root @{ Network = 'lan'; Privileged = $true }
        Invoke-EngineIn $hostSpace 'Start-VServer root' | Should -BeNullOrEmpty
        foreach ($name in 'bad', 'root') {
            Invoke-VServerCommand $name -ArgumentList /bin/sh, -c, 'ip link > /dev/null; test-peer' | Should -Be '0 found'
        }
        Test-In root 'ping -c 1 -W 20 10.77.1.1' | Should -BeTrue
        Test-In root 'ip link set eth0 down' | Should -BeFalse
    }

    # That the frames above are such as would be heard.
    It 'WithoutTheRules_ForgeriesAreHeard' {
        $table = (Invoke-In $hostSpace nft list chains bridge) -match 'table bridge' -replace 'table bridge (\S+) .*', '$1' |
            Where-Object { (Invoke-In $hostSpace nft list table bridge $_) -match $mac.bad }
        $table | Should -HaveCount 1
        Invoke-In $hostSpace nft delete table bridge $table
        Send-Frame (Get-ArpFrame $mac.bad $mac.bad 10.77.1.3)
        Wait-Until { (Get-Neighbour 10.77.1.3) -eq $mac.bad } -What 'the forged answer'
        $claim = '88000000' + '20000000' + (ConvertTo-AddressHex fd77:1::3) + '0201' + (ConvertTo-Hex $mac.bad)
        Send-Frame (Get-SixFrame $mac.bad fd77:1::2 fd77:1::1 $mac.host $claim)
        Wait-Until { (Get-Neighbour fd77:1::3) -eq $mac.bad } -What 'the forged neighbour'
        Test-In bad 'ip address add 10.77.1.9/24 dev eth0; ping -c 1 -W 20 -I 10.77.1.9 10.77.1.1' | Should -BeTrue
    }
}
