# A step is done again only when the names, sizes or times of its inputs have changed, or an output is missing.

function Invoke-Step {
    param(
        $Context,
        [string]$Step,
        # Files and folders below the root; a folder stands for all files in it.
        [string[]]$In,
        # Files below the root.
        [string[]]$Out,
        [scriptblock]$Action
    )
    $stamp = "$($Context.StampFolder)/$Step"
    $now = Get-InputState $Context.Root $In
    $missing = $Out | Where-Object { -not [IO.File]::Exists("$($Context.Root)/$_") }
    if (-not $missing -and [IO.File]::Exists($stamp) -and [IO.File]::ReadAllText($stamp) -eq $now) {
        return
    }

    Write-Host "Building $Step"
    # Taken away first, so that a step that fails half-way is done again.
    $null = [IO.Directory]::CreateDirectory($Context.StampFolder)
    [IO.File]::Delete($stamp)
    & $Action
    [IO.File]::WriteAllText($stamp, $now)
}

function Get-InputState {
    param([string]$Root, [string[]]$In)
    $files = foreach ($path in $In) {
        $full = "$Root/$path"
        if ([IO.Directory]::Exists($full)) { [IO.Directory]::GetFiles($full, '*', [IO.SearchOption]::AllDirectories) } else { $full }
    }
    $lines = foreach ($file in $files | Sort-Object) {
        $info = [IO.FileInfo]::new($file)
        if ($info.Exists) { "$file|$($info.Length)|$($info.LastWriteTimeUtc.Ticks)" }
    }
    $lines -join "`n"
}

# By renaming over: a process that has the old file mapped keeps it whole.
function Copy-BuiltFile {
    param([string]$Source, [string]$Destination)
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Destination))
    [IO.File]::Copy($Source, "$Destination.new", $true)
    [IO.File]::Move("$Destination.new", $Destination, $true)
}
