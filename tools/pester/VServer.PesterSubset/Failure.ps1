# What a reader is told of a failure: what was expected, and where.

function Get-FailureText {
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)

    if ($ErrorRecord.FullyQualifiedErrorId -eq 'PesterAssertionFailed') {
        return $ErrorRecord.Exception.Message
    }

    "$($ErrorRecord.Exception.GetType().Name): $($ErrorRecord.Exception.Message)"
}

function Get-FailurePlace {
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)

    if ($ErrorRecord.FullyQualifiedErrorId -eq 'PesterAssertionFailed') {
        $at = $ErrorRecord.TargetObject
        return [PSCustomObject]@{ File = $at.File; Line = $at.Line; Text = $at.LineText }
    }

    $invocation = $ErrorRecord.InvocationInfo
    $isRunner = $null -ne $invocation -and "$($invocation.ScriptName)".StartsWith($PSScriptRoot)
    if ($null -ne $invocation -and -not $isRunner) {
        return [PSCustomObject]@{ File = $invocation.ScriptName; Line = $invocation.ScriptLineNumber; Text = "$($invocation.Line)".Trim() }
    }

    # What the runner refuses is wrong where its word was called.
    $isKnown = "$(Get-CallerFrame $ErrorRecord | Select-Object -First 1)" -match ', (?<file>.+):(?<line>\d+)$'
    $frame = if ($isKnown) { $Matches } else { @{ file = ''; line = 0 } }
    [PSCustomObject]@{ File = $frame.file; Line = $frame.line; Text = '' }
}

function Format-FailurePlace {
    param($Place)

    $text = if ($Place.Text) { "$($Place.Text), " }
    "at $text$($Place.File):$($Place.Line)"
}

function Get-FailureLine {
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)

    (Get-FailureText $ErrorRecord) -split "`r?`n"
    $place = Get-FailurePlace $ErrorRecord
    if ($place.File) {
        Format-FailurePlace $place
    }

    Get-CallerFrame $ErrorRecord | Where-Object { -not $_.EndsWith("$($place.File):$($place.Line)") }
}

# The callers of the failing line within the test file. The runner's own frames, and those above them, tell nobody anything.
function Get-CallerFrame {
    param([System.Management.Automation.ErrorRecord] $ErrorRecord)

    foreach ($frame in "$($ErrorRecord.ScriptStackTrace)" -split "`r?`n") {
        if ($frame -like '*<No file>*') {
            return
        }

        if ($frame -and -not $frame.Contains($PSScriptRoot)) {
            $frame -replace ': line (\d+)$', ':$1'
        }
    }
}

# A test that never ran has no error of its own: its reason is that of the block which failed.
function Get-TestFailure {
    param($Test)

    if ($Test.ErrorRecord.Count -gt 0) {
        return $Test.ErrorRecord
    }

    for ($block = $Test.Parent; $null -ne $block; $block = $block.Parent) {
        if ($block.ErrorRecord.Count -gt 0) {
            return $block.ErrorRecord
        }
    }
}
