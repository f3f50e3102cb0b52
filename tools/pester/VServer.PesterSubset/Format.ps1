# Values as they stand in messages.

function Format-Value {
    param($Value)

    if ($null -eq $Value) { '$null' }
    elseif ($Value -is [string]) { "'$Value'" }
    elseif ($Value -is [bool]) { "`$$($Value.ToString().ToLowerInvariant())" }
    elseif ($Value -is [type]) { "[$Value]" }
    elseif ($Value -is [scriptblock]) { "{$Value}" }
    elseif ($Value -is [datetime] -or $Value -is [datetimeoffset]) { $Value.ToString('o') }
    elseif ($Value -is [System.Collections.IDictionary]) { Format-Dictionary $Value }
    elseif ($Value -is [System.Collections.IEnumerable]) { Format-Collection $Value }
    else { [string]$Value }
}

function Format-Collection {
    param($Value)

    $limit = 20
    $items = @(foreach ($item in $Value) { Format-Value $item })
    $more = if ($items.Count -gt $limit) { ", ... ($($items.Count) items)" }
    "@($(($items | Select-Object -First $limit) -join ', ')$more)"
}

function Format-Dictionary {
    param([System.Collections.IDictionary] $Value)

    $pairs = foreach ($key in $Value.Keys | Sort-Object) { "$key=$(Format-Value $Value[$key])" }
    "@{$($pairs -join '; ')}"
}

function Format-Because {
    param([string] $Because)

    if (-not [string]::IsNullOrWhiteSpace($Because)) {
        " because $($Because.Trim() -replace '^because\s+'),"
    }
}

# Shows two unequal strings under each other with a mark where they part.
function Format-StringDifference {
    param([string] $Expected, [string] $Actual, [bool] $CaseSensitive, [string] $Because)

    $index = Get-DifferenceIndex $Expected $Actual $CaseSensitive
    $start = [Math]::Max(0, $index - 40)
    $expectedPart = Format-Excerpt $Expected $start
    $actualPart = Format-Excerpt $Actual $start
    $mark = (Format-Excerpt $Expected.Substring(0, [Math]::Min($index, $Expected.Length)) $start).Length
    $lengths = if ($Expected.Length -eq $Actual.Length) {
        "String lengths are both $($Expected.Length)."
    }
    else {
        "Expected length: $($Expected.Length)"
        "Actual length:   $($Actual.Length)"
    }

    @(
        "Expected strings to be the same,$(Format-Because $Because) but they were different."
        $lengths
        "Strings differ at index $index."
        "Expected: '$expectedPart'"
        "But was:  '$actualPart'"
        '           ' + '-' * $mark + '^'
    ) -join "`n"
}

function Get-DifferenceIndex {
    param([string] $First, [string] $Second, [bool] $CaseSensitive)

    $length = [Math]::Min($First.Length, $Second.Length)
    for ($i = 0; $i -lt $length; $i++) {
        $same = if ($CaseSensitive) { $First[$i] -ceq $Second[$i] } else { $First[$i] -eq $Second[$i] }
        if (-not $same) {
            return $i
        }
    }

    $length
}

function Format-Excerpt {
    param([string] $Text, [int] $Start)

    $begin = [Math]::Min($Start, $Text.Length)
    $part = $Text.Substring($begin, [Math]::Min(120, $Text.Length - $begin))
    $lead = if ($Start -gt 0) { '...' }
    $tail = if ($begin + $part.Length -lt $Text.Length) { '...' }
    $visible = $part -replace "`n", '\n' -replace "`r", '\r' -replace "`t", '\t' -replace "`e", '\e' -replace "`0", '\0'
    "$lead$visible$tail"
}
