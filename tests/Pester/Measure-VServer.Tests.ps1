BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $null = New-VServer one, two -Template ref
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
        (Measure-VServer | Measure-Object AmortisedBytes -Sum).Sum | Should -BeGreaterThan ($du - 16)
        (Measure-VServer | Measure-Object AmortisedBytes -Sum).Sum | Should -BeLessThan ($du + 16)
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
        sync -f $store
        $before = [long](stat -f -c %f $store)
        Remove-VServer three -Confirm:$false
        sync -f $store
        $freed = ([long](stat -f -c %f $store) - $before) * [long](stat -f -c %S $store)
        # Others write to the same file system; a megabyte is theirs.
        [Math]::Abs($freed - $said) | Should -BeLessThan 4MB
    }

    It 'Table_ShowsSizesForPeople' {
        Measure-VServer | Out-String -Width 100 | Should -Match '\d+\.\d MiB'
    }
}
