BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerNetwork dmz -Subnet 10.77.2.0/24 -Masquerade
    $null = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64
    $null = New-TestGuest web @{ Network = 'lan' }
}

AfterAll { Remove-TestStore $store }

Describe 'Get-VServerNetwork' {
    It 'NoName_GivesAll' { (Get-VServerNetwork).Name | Should -Be 'dmz', 'lan' }

    It 'Pattern_GivesWhatItMatches' {
        (Get-VServerNetwork l*).Guests | Should -Be 'web'
        Get-VServerNetwork x* | Should -BeNullOrEmpty
    }

    It 'Unknown_IsAnError' {
        { Get-VServerNetwork wan -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkNotFound,VServer.Commands.GetVServerNetworkCommand'
    }

    It 'Piped_IsFoundInItsOwnStore' { (Get-VServerNetwork lan | Get-VServerNetwork).Name | Should -Be 'lan' }

    It 'View_IsATable' {
        $text = Get-VServerNetwork | Out-String -Width 200
        $text | Should -Match 'Name\s+Subnet\s+Host address\s+Masquerade\s+Active\s+Guests'
        $text | Should -Match 'dmz\s+10\.77\.2\.0/24\s+10\.77\.2\.1\s+yes'
        $text | Should -Match 'lan\s+10\.77\.1\.0/24, fd77:1::/64\s+10\.77\.1\.1, fd77:1::1\s+web'
    }

    It 'BrokenConfiguration_IsNamed' {
        Set-Content "$store/.vserver/networks/broken.json" '{ "name": "other" }'
        { Get-VServerNetwork broken -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkConfigInvalid,*'
        (Get-VServerNetwork -ErrorAction SilentlyContinue).Name | Should -Be 'dmz', 'lan'
        Remove-Item "$store/.vserver/networks/broken.json"
    }

    It 'Name_IsCompleted' {
        (TabExpansion2 'Get-VServerNetwork ' -cursorColumn 19).CompletionMatches.CompletionText | Should -Be 'dmz', 'lan'
    }
}
