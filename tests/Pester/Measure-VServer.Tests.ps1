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

    It 'Sum_IsWhatDuSays' {
        $du = [long]((du -s --block-size=1 "$store/ref" "$store/one" "$store/two" -c | Select-Object -Last 1) -split '\s+')[0]
        # Each tree's part of a shared inode is a whole number of bytes, so a few get lost.
        [Math]::Abs((Measure-VServer | Measure-Object AmortisedBytes -Sum).Sum - $du) | Should -BeLessThan 16
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
