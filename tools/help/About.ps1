# Turns an about_ page into the plain text that Get-Help shows: headings in capitals, code indented.

function Write-AboutTopic {
    param([string]$Path, [string]$Destination)
    $inside = $false
    $lines = foreach ($line in Get-Content -LiteralPath $Path) {
        if ($line -match '^```') { $inside = -not $inside }
        elseif ($inside) { "    $line" }
        elseif ($line -match '^#+ (.*)$') { $Matches[1] -like 'about_*' ? "TOPIC`n    $($Matches[1])" : $Matches[1].ToUpperInvariant() }
        else { $line -replace '`', '' }
    }
    Set-Content -LiteralPath $Destination -Value $lines
}
