# What Should can say. A test answers whether it holds; the two texts, for a failure and for one with -Not, have places
# for {0} what was expected, {1} the actual value, {2} because, {3} its type and {4} its count.
# An operator with -Whole looks at everything piped in as one collection, the others look at each item.
$script:Operator = @{}

function Add-Operator {
    param([string] $Name, [scriptblock] $Test, [string] $Text, [string] $NotText, [switch] $Whole)

    $script:Operator[$Name] = [PSCustomObject]@{ Test = $Test; Text = $Text; NotText = $NotText; Whole = [bool]$Whole }
}

Add-Operator Be -Whole { param($actual, $expected) Test-SameValue $actual $expected } `
    'Expected {0},{2} but got {1}.' `
    'Expected {0} to be different from the actual value,{2} but got the same value.'
Add-Operator BeExactly -Whole { param($actual, $expected) Test-SameValue $actual $expected -CaseSensitive } `
    'Expected exactly {0},{2} but got {1}.' `
    'Expected {0} to be different from the actual value,{2} but got exactly the same value.'
Add-Operator BeTrue { param($actual) [bool]$actual } `
    'Expected $true,{2} but got {1}.' `
    'Expected $false,{2} but got {1}.'
Add-Operator BeFalse { param($actual) -not $actual } `
    'Expected $false,{2} but got {1}.' `
    'Expected $true,{2} but got {1}.'
Add-Operator BeNullOrEmpty -Whole { param($actual) Test-NullOrEmpty $actual } `
    'Expected $null or empty,{2} but got {1}.' `
    'Expected a value,{2} but got $null or empty.'
Add-Operator BeOfType { param($actual, $expected) $actual -is (ConvertTo-Type $expected) } `
    'Expected the value to have type {0} or a subtype of it,{2} but got {1} with type {3}.' `
    'Expected the value to not have type {0} or a subtype of it,{2} but got {1} with type {3}.'
Add-Operator BeGreaterThan { param($actual, $expected) $actual -gt $expected } `
    'Expected the actual value to be greater than {0},{2} but got {1}.' `
    'Expected the actual value to be less than or equal to {0},{2} but got {1}.'
Add-Operator BeGreaterOrEqual { param($actual, $expected) $actual -ge $expected } `
    'Expected the actual value to be greater than or equal to {0},{2} but got {1}.' `
    'Expected the actual value to be less than {0},{2} but got {1}.'
Add-Operator BeLessThan { param($actual, $expected) $actual -lt $expected } `
    'Expected the actual value to be less than {0},{2} but got {1}.' `
    'Expected the actual value to be greater than or equal to {0},{2} but got {1}.'
Add-Operator BeLessOrEqual { param($actual, $expected) $actual -le $expected } `
    'Expected the actual value to be less than or equal to {0},{2} but got {1}.' `
    'Expected the actual value to be greater than {0},{2} but got {1}.'
Add-Operator BeIn { param($actual, $expected) $expected -contains $actual } `
    'Expected collection {0} to contain {1},{2} but it was not found.' `
    'Expected collection {0} to not contain {1},{2} but it was found.'
Add-Operator BeLike { param($actual, $expected) [bool]($actual -like $expected) } `
    'Expected like wildcard {0} to match {1},{2} but it did not match.' `
    'Expected like wildcard {0} to not match {1},{2} but it did match.'
Add-Operator BeLikeExactly { param($actual, $expected) [bool]($actual -clike $expected) } `
    'Expected case sensitive like wildcard {0} to match {1},{2} but it did not match.' `
    'Expected case sensitive like wildcard {0} to not match {1},{2} but it did match.'
Add-Operator Match { param($actual, $expected) [bool]($actual -match $expected) } `
    'Expected regular expression {0} to match {1},{2} but it did not match.' `
    'Expected regular expression {0} to not match {1},{2} but it did match.'
Add-Operator MatchExactly { param($actual, $expected) [bool]($actual -cmatch $expected) } `
    'Expected regular expression {0} to case sensitively match {1},{2} but it did not match.' `
    'Expected regular expression {0} to not case sensitively match {1},{2} but it did match.'
Add-Operator Contain -Whole { param($actual, $expected) $actual -contains $expected } `
    'Expected {0} to be found in collection {1},{2} but it was not found.' `
    'Expected {0} to not be found in collection {1},{2} but it was found.'
Add-Operator HaveCount -Whole { param($actual, $expected) $actual.Count -eq $expected } `
    'Expected a collection with size {0},{2} but got {4} items: {1}.' `
    'Expected a collection with a size other than {0},{2} but got {4} items: {1}.'
Add-Operator Exist { param($actual) Test-Path -Path $actual } `
    'Expected path {1} to exist,{2} but it did not exist.' `
    'Expected path {1} to not exist,{2} but it did exist.'

function Get-AssertionFailure {
    param([string] $Name, $Actual, $Expected, [bool] $Negate, [string] $Because)

    $operator = $script:Operator[$Name]
    if ([bool](& $operator.Test $Actual $Expected) -ne $Negate) {
        return
    }

    $single = if ($Actual -is [array] -and $Actual.Count -eq 1) { $Actual[0] } else { $Actual }
    if ($Name -in 'Be', 'BeExactly' -and -not $Negate -and $single -is [string] -and $Expected -is [string]) {
        return Format-StringDifference $Expected $single ($Name -eq 'BeExactly') $Because
    }

    $text = if ($Negate) { $operator.NotText } else { $operator.Text }
    $type = if ($null -eq $single) { '$null' } else { "[$($single.GetType())]" }
    $text -f (Format-Value $Expected), (Format-Value $single), (Format-Because $Because), $type, @($Actual).Count
}

# Equal as Pester sees it: one item and a collection of that one item are the same, so are $null and nothing at all.
function Test-SameValue {
    param([object[]] $Actual, [object[]] $Expected, [switch] $CaseSensitive)

    $actualEmpty = Test-NoItem $Actual
    $expectedEmpty = Test-NoItem $Expected
    if ($actualEmpty -or $expectedEmpty) {
        return $actualEmpty -and $expectedEmpty
    }

    if ($Actual.Count -ne $Expected.Count) {
        return $false
    }

    for ($i = 0; $i -lt $Actual.Count; $i++) {
        if (-not (Test-SameItem $Actual[$i] $Expected[$i] $CaseSensitive)) {
            return $false
        }
    }

    $true
}

function Test-SameItem {
    param($Actual, $Expected, [bool] $CaseSensitive)

    if ($Actual -is [array] -or $Expected -is [array]) {
        return Test-SameValue $Actual $Expected -CaseSensitive:$CaseSensitive
    }

    # The expected value stands left, so that the actual one is converted to its type.
    if ($CaseSensitive) { [bool]($Expected -ceq $Actual) } else { [bool]($Expected -eq $Actual) }
}

function Test-NoItem {
    param([object[]] $Value)

    $null -eq $Value -or $Value.Count -eq 0 -or ($Value.Count -eq 1 -and $null -eq $Value[0])
}

function Test-NullOrEmpty {
    param([object[]] $Value)

    if (Test-NoItem $Value) {
        return $true
    }

    if ($Value.Count -gt 1) {
        return $false
    }

    if ($Value[0] -is [hashtable]) { $Value[0].Count -eq 0 } else { [string]::IsNullOrEmpty($Value[0]) }
}

function ConvertTo-Type {
    param($Value)

    if ($Value -is [type]) {
        return $Value
    }

    $type = ($Value -replace '^\[(.*)\]$', '$1') -as [type]
    if ($null -eq $type) {
        throw [ArgumentException]"Could not find type [$Value]. Load the assembly that has it before the assertion."
    }

    $type
}
