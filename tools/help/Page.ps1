# Reads and updates one page. The schema is fixed, so a reader of lines is enough: "## PART", "### item", fenced blocks, paragraphs.

function Read-HelpPage {
    param([string]$Path)
    $parts = Split-Heading (Get-Content -LiteralPath $Path) '## '
    $text = @{}
    foreach ($part in $parts) { $text[$part.Title] = $part.Lines }
    [pscustomobject]@{
        Title       = @(Get-Content -LiteralPath $Path | Where-Object { $_ -like '# *' })[0].Substring(2)
        Parts       = @($parts.Title)
        Synopsis    = Join-Paragraph $text['SYNOPSIS']
        Syntax      = @(Split-Heading $text['SYNTAX'] '### ' | ForEach-Object { Read-Fence $_.Lines } | Where-Object { $_ })
        Description = Join-Paragraph $text['DESCRIPTION']
        Examples    = @(Split-Heading $text['EXAMPLES'] '### ' | Where-Object Title | ForEach-Object { Read-Example $_ })
        Parameters  = @(Split-Heading $text['PARAMETERS'] '### ' | Where-Object Title -Like '-*' | ForEach-Object { Read-Parameter $_ })
        Inputs      = @(Split-Heading $text['INPUTS'] '### ' | Where-Object Title | ForEach-Object { Read-Type $_ })
        Outputs     = @(Split-Heading $text['OUTPUTS'] '### ' | Where-Object Title | ForEach-Object { Read-Type $_ })
        Notes       = Join-Paragraph $text['NOTES']
        Links       = @($text['RELATED LINKS'] | Where-Object { $_ -match '^\[(.+)\]\((.*)\)$' } | ForEach-Object { [regex]::Match($_, '^\[(.+)\]').Groups[1].Value })
    }
}

# Cuts lines at headings of one level; what comes before the first has an empty title. Headings in fenced blocks are text.
function Split-Heading {
    param([string[]]$Line, [string]$Mark)
    $title = ''
    $lines = [Collections.Generic.List[string]]::new()
    $fenced = $false
    foreach ($one in $Line) {
        if ($one -match '^```') { $fenced = -not $fenced }
        if (-not $fenced -and $one.StartsWith($Mark, [StringComparison]::Ordinal)) {
            [pscustomobject]@{ Title = $title; Lines = $lines.ToArray() }
            $title = $one.Substring($Mark.Length).Trim()
            $lines.Clear()
        }
        else {
            $lines.Add($one)
        }
    }
    [pscustomobject]@{ Title = $title; Lines = $lines.ToArray() }
}

# Paragraphs with their lines joined and Markdown's marks taken off.
function Join-Paragraph {
    param([string[]]$Line)
    $text = ($Line -join "`n").Trim() -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '`', '' -replace '\*\*', '' -replace '\\([\\<>\[\]_*])', '$1'
    @($text -split '\n\s*\n' | Where-Object { $_ } | ForEach-Object { $_ -match '(?m)^- ' ? $_ : ($_ -replace '\s*\n\s*', ' ') })
}

function Read-Fence {
    param([string[]]$Line)
    $inside = $false
    $code = foreach ($one in $Line) {
        if ($one -match '^```') { $inside = -not $inside; continue }
        if ($inside) { $one }
    }
    $code -join "`n"
}

# The text outside of fenced blocks.
function Read-Prose {
    param([string[]]$Line)
    $inside = $false
    $prose = foreach ($one in $Line) {
        if ($one -match '^```') { $inside = -not $inside; continue }
        if (-not $inside) { $one }
    }
    Join-Paragraph $prose
}

function Read-Example {
    param($Part)
    [pscustomobject]@{ Title = $Part.Title; Code = Read-Fence $Part.Lines; Remarks = @(Read-Prose $Part.Lines) }
}

function Read-Parameter {
    param($Part)
    [pscustomobject]@{ Name = $Part.Title.TrimStart('-'); Block = Read-Fence $Part.Lines; Description = @(Read-Prose $Part.Lines) }
}

function Read-Type {
    param($Part)
    [pscustomobject]@{ Name = $Part.Title; Description = @(Read-Prose $Part.Lines) }
}

# Writes what the engine knows into a page, and leaves what people wrote.
function Update-HelpPage {
    param([string]$Path, $Fact)
    $skip = ''
    $parameter = $null
    $lines = foreach ($line in Get-Content -LiteralPath $Path) {
        if ($skip -and $line -match $skip) { $skip = '' }
        if ($line -match '^##+ ') {
            $parameter = if ($line -match '^### -(\w+)$') { $Fact.Parameters | Where-Object Name -EQ $Matches[1] }
        }
        if ($skip) { continue }
        if ($line -eq '## SYNTAX') {
            Format-SyntaxPartOfPage $Fact
            $skip = '^## '
        }
        elseif ($line -eq '```yaml' -and $parameter) {
            @('```yaml', (Format-ParameterBlock $parameter), '```', '')
            $skip = '^##+ '
        }
        else {
            $line
        }
    }
    Set-Content -LiteralPath $Path -Value (($lines -join "`n").TrimEnd() + "`n") -NoNewline
}

function Format-SyntaxPartOfPage {
    param($Fact)
    '## SYNTAX'
    ''
    foreach ($set in $Fact.Sets) {
        if ($set.Title) { "### $($set.Title)"; '' }
        '```'
        $set.Syntax
        '```'
        ''
    }
}
