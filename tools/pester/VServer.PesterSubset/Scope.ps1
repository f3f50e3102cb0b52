# Everything that reaches into the session state of whoever called Invoke-Pester.
#
# Scopes are dynamic within one session state: a script block that belongs to the caller and is invoked from here gets
# a scope whose parent is the caller's current one, however much of this module lies between. That is the whole trick
# of nested setups: each block invokes its own scope, runs BeforeAll there, and its children inside of it.

$script:ScopeText = {
    param($____steps)
    do {
        while ($____steps.MoveNext()) {
            try {
                $____arguments = $____steps.Arguments
                . $____steps.Step @____arguments
                $____steps.Complete()
            }
            catch {
                $____steps.Fail($_)
            }
        }
        # A stray break leaves the inner loop early; the outer one takes it up again for the last steps.
    } until ($____steps.Finished)
}.ToString()

function New-CallerScope {
    param([System.Management.Automation.SessionState] $SessionState)

    # A script block literal belongs to the session state that evaluates it.
    Invoke-InCallerScope $SessionState "{$script:ScopeText}"
}

# What a file puts into $script: is for that file, so its run gets a script scope of its own.
function New-CallerFileScope {
    param([System.Management.Automation.SessionState] $SessionState)

    $file = "$PSScriptRoot/FileScope.ps1" -replace "'", "''"
    Invoke-InCallerScope $SessionState "{ param(`$____scope, `$____steps) & '$file' `$____scope `$____steps }"
}

function Invoke-InCallerScope {
    param([System.Management.Automation.SessionState] $SessionState, [string] $Text)

    $SessionState.InvokeCommand.InvokeScript($SessionState, [scriptblock]::Create($Text))
}

function Invoke-StepList {
    param($StepList, [switch] $NewScriptScope)

    if ($NewScriptScope) {
        $null = & $script:Run.FileScope $script:Run.Scope $StepList
    }
    else {
        $null = & $script:Run.Scope $StepList
    }
}

# Steps of the runner between those of the test file; they find their subject in the run, since they take no arguments.
$script:SetBlockVariable = { Set-DataVariable $script:Run.CurrentBlock.Data }
$script:SetTestVariable = { Set-DataVariable $script:Run.CurrentTest.Data }
$script:ExpandBlockName = { Expand-ItemName $script:Run.CurrentBlock }
$script:ExpandTestName = { Expand-ItemName $script:Run.CurrentTest }

function Set-DataVariable {
    param($Data)

    if ($null -eq $Data) {
        return
    }

    $variable = $script:Run.SessionState.PSVariable
    $variable.Set('_', $Data.Item)
    if ($Data.Item -is [System.Collections.IDictionary]) {
        foreach ($key in $Data.Item.Keys) {
            $variable.Set([string]$key, $Data.Item[$key])
        }
    }
}

function Expand-ItemName {
    param($Item)

    $Item.ExpandedName = Expand-Template $Item.Name
    $Item.ExpandedPath = Join-ItemPath $Item.Parent $Item.ExpandedName
}

# <name>, <_> and <name.property> stand for values of the current scope; `< and `> for themselves.
function Expand-Template {
    param([string] $Text)

    [regex]::Replace($Text, '(?<!`)<(?<expression>[^>`]+)>|`(?<bracket>[<>])', {
            param($match)
            if ($match.Groups['bracket'].Success) {
                return $match.Groups['bracket'].Value
            }

            $expression = '$' + $match.Groups['expression'].Value
            # Twice a comma, since a collection would be taken apart on each of two ways out.
            $value = @(Invoke-InCallerScope $script:Run.SessionState ", , ($expression)")
            Format-TemplateValue $value[0]
        })
}

function Format-TemplateValue {
    param($Value)

    if ($null -eq $Value) { '$null' }
    elseif ($Value -is [string]) { $Value }
    else { Format-Value $Value }
}
