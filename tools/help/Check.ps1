# Every way in which pages and cmdlets may not fit, one line each.

$script:WantedParts = 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS'

function Test-HelpFolder {
    param([string]$Folder, [object[]]$Command)
    foreach ($one in $Command) {
        $path = "$Folder/$($one.Name).md"
        if (Test-Path -LiteralPath $path) {
            Test-HelpPage (Read-HelpPage $path) (Get-CommandFact $one) | ForEach-Object { "$path`: $_" }
        }
        else {
            "$($one.Name) has no page. Write $path."
        }
    }
    Get-ChildItem "$Folder/*-*.md" | Where-Object BaseName -NotIn $Command.Name | ForEach-Object { "$($_.FullName): there is no such cmdlet." }
    if (-not (Test-Path "$Folder/about_*.md")) { "$Folder has no about_ topic." }
}

# The old commands are functions and carry their help in a comment.
function Test-FunctionHelp {
    param([object[]]$Function)
    foreach ($one in $Function) {
        $help = Get-Help $one.Name
        if (-not $help.psobject.Properties['Description']) { "$($one.Name) has no comment with its help." }
        elseif (@($help.Examples.Example).Count -lt 2) { "$($one.Name) has fewer than two examples." }
    }
}

function Test-HelpPage {
    param($Page, $Fact)
    if ($Page.Title -cne $Fact.Name) { "its title is '$($Page.Title)', not '$($Fact.Name)'." }
    $WantedParts | Where-Object { $_ -notin $Page.Parts } | ForEach-Object { "the part '## $_' is missing." }
    if (-not $Page.Synopsis) { 'the synopsis is empty.' }
    if (-not $Page.Description) { 'the description is empty.' }
    Test-HelpExample $Page
    Test-HelpParameter $Page $Fact
    if (($Page.Syntax -join "`n") -cne ($Fact.Sets.Syntax -join "`n")) { 'the syntax is not what the engine says; run Build-Help.ps1 -Update.' }
}

function Test-HelpExample {
    param($Page)
    if ($Page.Examples.Count -lt 2) { "it has $($Page.Examples.Count) examples; two are the least." }
    foreach ($example in $Page.Examples) {
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput(($example.Code -replace '(?m)^PS> ', ''), [ref]$null, [ref]$errors)
        if (-not $example.Code) { "'$($example.Title)' has no code." }
        if ($errors) { "'$($example.Title)' cannot be run: $($errors[0].Message)" }
        if (-not $example.Remarks) { "'$($example.Title)' does not say what it does." }
    }
}

function Test-HelpParameter {
    param($Page, $Fact)
    $Fact.Parameters | Where-Object Name -NotIn $Page.Parameters.Name | ForEach-Object { "the parameter -$($_.Name) is missing." }
    foreach ($parameter in $Page.Parameters) {
        $known = $Fact.Parameters | Where-Object Name -CEQ $parameter.Name
        if (-not $known) { "there is no parameter -$($parameter.Name)."; continue }
        if (-not $parameter.Description) { "-$($parameter.Name) is not described." }
        if ($parameter.Block -cne (Format-ParameterBlock $known)) { "the facts of -$($parameter.Name) are not what the engine says; run Build-Help.ps1 -Update." }
    }
}
