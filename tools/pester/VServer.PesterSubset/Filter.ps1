# Decides, after discovery, what of a file is run. The rules are Pester's: an exclusion wins and holds for everything
# below; a block that is included by tag or name includes everything below; without any filter all tests are included.

function Select-TestItem {
    param($Block, $Filter)

    foreach ($item in $Block.Order) {
        $match = Get-FilterMatch $item $Block $Filter
        if ($item.ItemType -eq 'Test') {
            $item.ShouldRun = $match -eq 'Include'
            Update-TestSkip $item
        }
        else {
            $item.Include = $match -eq 'Include'
            $item.Exclude = $match -eq 'Exclude'
            Select-TestItem $item $Filter
        }
    }

    $wanted = @($Block.Order.Where({ $_.ShouldRun }))
    $Block.ShouldRun = $wanted.Count -gt 0
    # Setting up for tests that are all skipped is what -Skip is meant to spare.
    $Block.Skip = $Block.Skip -or ($wanted.Count -gt 0 -and @($wanted.Where({ -not $_.Skip })).Count -eq 0)
}

function Update-TestSkip {
    param($Test)

    if (-not $Test.Skip -and $null -ne $Test.Parent.SkipReason) {
        $Test.Skip = $true
        $Test.SkipReason = $Test.Parent.SkipReason
    }
}

function Get-FilterMatch {
    param($Item, $Parent, $Filter)

    if ($Parent.Exclude -or (Test-AnyLike $Item.Tag $Filter.ExcludeTag)) {
        return 'Exclude'
    }

    $fullName = $Item.Path -join '.'
    if ($Parent.Include -or (Test-AnyLike $Item.Tag $Filter.Tag) -or (Test-AnyLike $fullName $Filter.FullName)) {
        return 'Include'
    }

    $hasInclusion = $Filter.Tag.Count -gt 0 -or $Filter.FullName.Count -gt 0
    if ($Item.ItemType -eq 'Test' -and -not $hasInclusion) { 'Include' } else { 'None' }
}

function Test-AnyLike {
    param([string[]] $Value, [string[]] $Pattern)

    foreach ($one in $Value) {
        foreach ($like in $Pattern) {
            if ($one -like $like) {
                return $true
            }
        }
    }

    $false
}
