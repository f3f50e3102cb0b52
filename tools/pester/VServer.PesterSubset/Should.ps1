function Should {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $ActualValue,

        [Parameter(Mandatory, ParameterSetName = 'Be')] [switch] $Be,
        [Parameter(Mandatory, ParameterSetName = 'BeExactly')] [switch] $BeExactly,
        [Parameter(Mandatory, ParameterSetName = 'BeTrue')] [switch] $BeTrue,
        [Parameter(Mandatory, ParameterSetName = 'BeFalse')] [switch] $BeFalse,
        [Parameter(Mandatory, ParameterSetName = 'BeNullOrEmpty')] [switch] $BeNullOrEmpty,
        [Parameter(Mandatory, ParameterSetName = 'BeOfType')] [switch] $BeOfType,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterThan')] [switch] $BeGreaterThan,
        [Parameter(Mandatory, ParameterSetName = 'BeGreaterOrEqual')] [switch] $BeGreaterOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeLessThan')] [switch] $BeLessThan,
        [Parameter(Mandatory, ParameterSetName = 'BeLessOrEqual')] [switch] $BeLessOrEqual,
        [Parameter(Mandatory, ParameterSetName = 'BeIn')] [switch] $BeIn,
        [Parameter(Mandatory, ParameterSetName = 'BeLike')] [switch] $BeLike,
        [Parameter(Mandatory, ParameterSetName = 'BeLikeExactly')] [switch] $BeLikeExactly,
        [Parameter(Mandatory, ParameterSetName = 'Match')] [switch] $Match,
        [Parameter(Mandatory, ParameterSetName = 'MatchExactly')] [switch] $MatchExactly,
        [Parameter(Mandatory, ParameterSetName = 'Contain')] [switch] $Contain,
        [Parameter(Mandatory, ParameterSetName = 'HaveCount')] [switch] $HaveCount,
        [Parameter(Mandatory, ParameterSetName = 'Exist')] [switch] $Exist,
        [Parameter(Mandatory, ParameterSetName = 'Throw')] [switch] $Throw,

        [Parameter(Position = 0, ParameterSetName = 'Be')]
        [Parameter(Position = 0, ParameterSetName = 'BeExactly')]
        [Parameter(Position = 0, ParameterSetName = 'BeGreaterThan')]
        [Parameter(Position = 0, ParameterSetName = 'BeGreaterOrEqual')]
        [Parameter(Position = 0, ParameterSetName = 'BeLessThan')]
        [Parameter(Position = 0, ParameterSetName = 'BeLessOrEqual')]
        [Parameter(Position = 0, ParameterSetName = 'BeIn')]
        [Parameter(Position = 0, ParameterSetName = 'BeLike')]
        [Parameter(Position = 0, ParameterSetName = 'BeLikeExactly')]
        [Parameter(Position = 0, ParameterSetName = 'Contain')]
        [Parameter(Position = 0, ParameterSetName = 'HaveCount')]
        $ExpectedValue,

        [Parameter(Position = 0, ParameterSetName = 'BeOfType')] $ExpectedType,

        [Parameter(Position = 0, ParameterSetName = 'Match')]
        [Parameter(Position = 0, ParameterSetName = 'MatchExactly')]
        $RegularExpression,

        [Parameter(Position = 0, ParameterSetName = 'Throw')] [string] $ExpectedMessage,
        [Parameter(Position = 1, ParameterSetName = 'Throw')] [string] $ErrorId,
        [Parameter(Position = 2, ParameterSetName = 'Throw')] [type] $ExceptionType,
        [Parameter(ParameterSetName = 'Throw')] [switch] $PassThru,

        [switch] $Not,
        [string] $Because
    )

    begin {
        $received = [System.Collections.Generic.List[object]]::new()
    }

    process {
        $received.Add($ActualValue)
    }

    end {
        $name = $PSCmdlet.ParameterSetName
        if ($name -eq 'Throw') {
            $actual = if ($received.Count -gt 0) { $received[0] }
            $outcome = Test-Throw $actual $PSBoundParameters
            $failures = @($outcome.Failure)
            if ($outcome.PassThru) {
                $outcome.ErrorRecord
            }
        }
        else {
            $expected = $ExpectedValue ?? $ExpectedType ?? $RegularExpression
            $failures = @(foreach ($subject in Split-Actual $name $received) {
                    Get-AssertionFailure $name $subject.Value $expected $Not $Because
                })
        }

        foreach ($failure in $failures.Where({ $_ })) {
            Write-AssertionFailure $failure $MyInvocation $PSBoundParameters['ErrorAction']
        }
    }
}

# Nothing piped in is an empty collection or $null. Values travel in holders, or a collection would be taken apart.
function Split-Actual {
    param([string] $Name, $Received)

    if ($script:Operator[$Name].Whole) {
        return [PSCustomObject]@{ Value = $Received.ToArray() }
    }

    if ($Received.Count -eq 0) {
        return [PSCustomObject]@{ Value = $null }
    }

    foreach ($item in $Received) {
        [PSCustomObject]@{ Value = $item }
    }
}

function Write-AssertionFailure {
    param([string] $Message, $Invocation, $Action)

    $record = [System.Management.Automation.ErrorRecord]::new(
        [Exception]::new($Message), 'PesterAssertionFailed', 'InvalidResult', @{
            Message  = $Message
            File     = $Invocation.ScriptName
            Line     = $Invocation.ScriptLineNumber
            LineText = "$($Invocation.Line)".Trim()
        })

    $test = if ($null -ne $script:Run) { $script:Run.CurrentTest }
    if ($null -eq $Action -and $null -ne $test) {
        $Action = $script:Run.Configuration.Should.ErrorAction
    }

    if ($null -eq $test -or $Action -eq 'Stop') {
        throw $record
    }

    $test.ErrorRecord.Add($record)
}

function Test-Throw {
    param($Actual, $Bound)

    if ($Actual -isnot [scriptblock]) {
        throw [ArgumentException]'Should -Throw needs a script block: { COMMAND } | Should -Throw.'
    }

    $thrown = Get-ThrownError $Actual
    $because = Format-Because $Bound['Because']
    $failure = if ($Bound['Not']) {
        if ($null -ne $thrown) {
            $at = $thrown.InvocationInfo.PositionMessage
            "Expected no exception to be thrown,$because but an exception `"$($thrown.Exception.Message)`" was thrown.`n$at"
        }
    }
    else {
        Get-ThrowFailure $thrown $Bound $because
    }

    [PSCustomObject]@{
        Failure     = $failure
        ErrorRecord = $thrown
        PassThru    = $Bound['PassThru'] -and -not $Bound['Not'] -and $null -eq $failure
    }
}

function Get-ThrownError {
    param([scriptblock] $ScriptBlock)

    try {
        # The loop keeps a stray break of the block from leaving the test.
        do { $null = & $ScriptBlock } while ($false)
    }
    catch {
        $_
    }
}

function Get-ThrowFailure {
    param($Thrown, $Bound, [string] $Because)

    $wanted = [System.Collections.Generic.List[string]]::new()
    $found = [System.Collections.Generic.List[string]]::new()
    if ($null -ne $Bound['ExceptionType']) {
        $wanted.Add("type [$($Bound['ExceptionType'])]")
        if ($null -ne $Thrown -and $Thrown.Exception -isnot $Bound['ExceptionType']) {
            $found.Add("the exception type was [$($Thrown.Exception.GetType())]")
        }
    }

    if ($Bound['ExpectedMessage']) {
        $wanted.Add("message like '$($Bound['ExpectedMessage'])'")
        if ($null -ne $Thrown -and $Thrown.Exception.Message -notlike $Bound['ExpectedMessage']) {
            $found.Add("the message was '$($Thrown.Exception.Message)'")
        }
    }

    if ($Bound['ErrorId']) {
        $wanted.Add("FullyQualifiedErrorId '$($Bound['ErrorId'])'")
        if ($null -ne $Thrown -and $Thrown.FullyQualifiedErrorId -notlike $Bound['ErrorId']) {
            $found.Add("the FullyQualifiedErrorId was '$($Thrown.FullyQualifiedErrorId)'")
        }
    }

    if ($null -eq $Thrown) {
        $found.Add('no exception was thrown')
    }

    if ($found.Count -gt 0) {
        $with = if ($wanted.Count -gt 0) { " with $($wanted -join ' and ')" }
        "Expected an exception$with to be thrown,$Because but $($found -join ' and ')."
    }
}

function Set-ItResult {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [switch] $Skipped, [string] $Because)

    $reason = if ($Because) { $Because.Trim() -replace '^because\s+' } else { 'no reason was given' }
    throw [System.Management.Automation.ErrorRecord]::new(
        [Exception]::new("is skipped, because $reason"), 'PesterTestSkipped', 'InvalidResult', @{ Reason = $reason })
}
