BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $null = New-VServer one, two -Template ref

    function Get-DiskUse { [long]((du -s --block-size=1 $store) -split '\s+')[0] }
}

AfterAll { Remove-TestStore $store }

Describe 'Measure-VServer' {
    It 'All_AreMeasuredTemplatesFirst' {
        $usage = Measure-VServer
        $usage.Name | Should -Be 'ref', 'one', 'two'
        $usage.IsTemplate | Should -Be $true, $false, $false
    }

    It 'Parts_AddUp' {
        foreach ($usage in Measure-VServer) {
            $usage.ExclusiveBytes + $usage.SharedBytes | Should -Be $usage.TotalBytes
            $usage.ExclusiveInodes + $usage.SharedInodes | Should -Be $usage.TotalInodes
        }
    }

    It 'Sum_IsWhatDuAndFindSay' {
        $usage = Measure-VServer
        $total = Measure-VServer -Total
        ($usage | Measure-Object AmortisedBytes -Sum).Sum + $total.OwnBytes | Should -Be (Get-DiskUse)
        ($usage | Measure-Object AmortisedInodes -Sum).Sum + $total.OwnInodes | Should -Be (find $store -printf "%i\n" | Sort-Object -Unique).Count
        $total.TotalBytes | Should -Be (Get-DiskUse)
        $total.SavedBytes | Should -Be (($usage | Measure-Object TotalBytes -Sum).Sum + $total.OwnBytes - $total.TotalBytes)
    }

    It 'Partners_AreToldBothWays' {
        $pairs = Measure-VServer -Partner
        $pairs | Should -HaveCount 6
        ($pairs | Where-Object { $_.Name -eq 'one' -and $_.Partner -eq 'two' }).Inodes | Should -Be ($pairs | Where-Object { $_.Name -eq 'two' -and $_.Partner -eq 'one' }).Inodes
        (Measure-VServer one).SharedWith.Partner | Should -Contain 'ref'
        $pairs.Allowed | Should -Not -Contain $false
    }

    It 'Unshared_ListsWhatThePackagesHaveAlone' {
        cp -a --remove-destination "$store/one/bin/bash" "$store/one/usr/share/bash.copy"; mv "$store/one/usr/share/bash.copy" "$store/one/bin/bash"
        $alone = Measure-VServer one -Unshared | Where-Object Reason -eq $null
        $alone.Package | Should -Be 'bash'
        "$($alone.Path)" | Should -Be (realpath "$store/one/bin/bash").Substring("$store/one".Length)
        (Measure-VServer one -Reference ref).SavableBytes | Should -Be $alone.AllocatedBytes
        (Measure-VServer one -Scope Content).SavableFiles | Should -BeGreaterThan 0
        (Measure-VServer two -Reference ref).SavableBytes | Should -Be 0
        $null = Invoke-VServerUnify one -Reference ref
        Measure-VServer one -Unshared | Where-Object Reason -eq $null | Should -BeNullOrEmpty
    }

    It 'Detailed_IsAListWithPartners' {
        Measure-VServer one -Detailed | Out-String -Width 120 | Should -Match 'SharedWith\s+: \{?(ref|two) \('
        (Measure-VServer one).LinkHeadroom | Should -BeGreaterThan 0
    }

    It 'Name_PicksOne' {
        (Measure-VServer one).Name | Should -Be 'one'
        (Get-VServer two | Measure-VServer).Name | Should -Be 'two'
        (Measure-VServer r*).Name | Should -Be 'ref'
    }

    It 'Unknown_IsAnErrorAndTheOthersGoOn' {
        (Measure-VServer nobody, one -ErrorVariable failure -ErrorAction SilentlyContinue).Name | Should -Be 'one'
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotFound,VServer.Commands.MeasureVServerCommand'
    }

    It 'Removal_FreesWhatWasSaid' {
        $null = New-VServer three -Template ref
        $said = (Measure-VServer three).FreedByRemoval
        $before = Get-DiskUse
        Remove-VServer three -Confirm:$false
        # The folder that lists the guests keeps its size; its files go.
        [Math]::Abs($before - (Get-DiskUse) - $said) | Should -BeLessThan 64KB
    }

    It 'Table_ShowsSizesForPeople' {
        Measure-VServer | Out-String -Width 100 | Should -Match '\d+\.\d MiB'
    }
}
