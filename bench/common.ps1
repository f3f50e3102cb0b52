# What the works share: trees, rounds, checks.

function New-BenchContext {
    param([string]$Root, [int]$Runs, [switch]$All)
    $null = New-Item -ItemType Directory -Force "$Root/out/bench"
    # In memory, where it fits, so that no disk's mood is measured; else beside the results.
    $free = (Get-PSDrive -Name / | ForEach-Object { [IO.DriveInfo]::new('/dev/shm').AvailableFreeSpace })
    $place = $free -gt 13GB ? '/dev/shm' : "$Root/out/bench"
    $folder = (& mktemp -d "$place/vserver-bench.XXXXXX")
    [pscustomobject]@{
        Root = $Root; Runs = $Runs; All = [bool]$All; Folder = $folder; Mount = "$folder/mnt"
        SourceTree = "$Root/out/bench/root"; Copies = 10
    }
}

function Remove-BenchContext {
    param($Bench)
    Dismount-BenchImage $Bench
    & rm -rf --one-file-system -- $Bench.Folder
}

function Show-BenchVersion {
    foreach ($program in 'hardlink --version', 'jdupes --version', 'rdfind --version', 'bwrap --version', 'runc --version', 'crun --version', 'cp --version', 'rsync --version') {
        $command, $argument = $program -split ' '
        if (Get-Command $command -ErrorAction Ignore) { "peer: $((& $command $argument 2>&1 | Select-Object -First 1))" }
    }
}

# The tree of peers.md: a Debian root with perl, a compiler and python, made once.
function Initialize-BenchTree {
    param($Bench)
    if (-not (Test-Path "$($Bench.SourceTree)/etc/debian_version")) {
        & rm -rf -- "$($Bench.SourceTree)" "$($Bench.SourceTree).new"
        Invoke-Native debootstrap --variant=minbase --include=perl, gcc, python3-minimal bookworm "$($Bench.SourceTree).new"
        Invoke-Native rm -rf "$($Bench.SourceTree).new/var/cache/apt/archives"
        Invoke-Native mv "$($Bench.SourceTree).new" $Bench.SourceTree
    }
}

function Invoke-Native {
    $program, $arguments = $args
    $arguments = @($arguments | ForEach-Object { $_ -is [array] ? ($_ -join ',') : "$_" })
    $output = & $program @arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$program ended with $LASTEXITCODE`: $($output | Select-Object -Last 5 | Out-String)" }
}

# A pristine ext4 file system that -Fill filled once; each mount is of a fresh copy.
function Mount-BenchImage {
    param($Bench, [string]$Key, [scriptblock]$Fill, [string]$Size = '9G')
    Dismount-BenchImage $Bench
    $base = "$($Bench.Folder)/$Key.img"
    $null = New-Item -ItemType Directory -Force $Bench.Mount
    if (-not (Test-Path $base)) {
        Get-ChildItem "$($Bench.Folder)/*.img" | Remove-Item
        Invoke-Native truncate -s $Size $base
        Invoke-Native mkfs.ext4 -q -F -N 400000 $base
        Invoke-Native mount -o loop $base $Bench.Mount
        & $Fill $Bench.Mount
        Invoke-Native umount $Bench.Mount
    }
    Invoke-Native cp --sparse=always $base "$($Bench.Folder)/run.img"
    Invoke-Native mount -o loop "$($Bench.Folder)/run.img" $Bench.Mount
    Read-BenchTree $Bench.Mount
}

function Dismount-BenchImage {
    param($Bench)
    if ((Get-Content /proc/self/mounts) -match " $([regex]::Escape($Bench.Mount)) ") { Invoke-Native umount $Bench.Mount }
    Remove-Item "$($Bench.Folder)/run.img" -ErrorAction Ignore
}

# Brings the tree into the page cache: all contenders start warm.
function Read-BenchTree {
    param([string]$Path)
    & sh -c 'tar -cf - -C "$0" . | cat >/dev/null' $Path
}

# One digest of every name's type, mode, owner, time and content, in trees found at the places given.
function Get-TreeDigest {
    param([string[]]$Tree)
    $script = 'cd "$0" && { find . -printf "%P %y %m %U %G %s %T@ %l\n" | grep -v " d " | sort; find . -type f -print0 | sort -z | xargs -0 sha256sum; } | sha256sum'
    ($Tree | ForEach-Object { & sh -c $script $_ }) -join ' '
}

function Get-UsedByte {
    param([string[]]$Tree)
    [long](((& du -s --block-size=1 -c @Tree) | Select-Object -Last 1) -split '\s+')[0]
}

function Get-Median {
    param([double[]]$Value)
    $sorted = @($Value | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}

# A work gives: Contenders (ordered: name -> { Prepare, Run, Repeat }), Verify (a contender's result as text; equal texts are equal results).
function Invoke-BenchWork {
    param($Bench, [string]$Path)
    # Dot-sourced, so that its blocks find its variables and functions here.
    $work = . $Path $Bench
    $workName = [IO.Path]::GetFileNameWithoutExtension($Path)
    $timings = @{}
    $verdicts = @{}
    foreach ($round in 1..$Bench.Runs) {
        foreach ($contender in $work.Contenders.Keys) {
            $entry = $work.Contenders[$contender]
            Write-Information "$workName, round $round of $($Bench.Runs): $contender" -InformationAction Continue
            $state = & $work.Prepare $contender
            [GC]::Collect()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = & $entry.Run $state
            $watch.Stop()
            $timings[$contender] = @($timings[$contender]) + ($watch.Elapsed.TotalSeconds / $entry.Repeat) | Where-Object { $null -ne $_ }
            if ($round -eq 1) { $verdicts[$contender] = & $work.Verify $contender $state }
            & $work.Finish $contender $state
        }
    }
    $peers = @($work.Contenders.Keys | Where-Object { $_ -ne 'vserver' })
    $best = ($peers | ForEach-Object { Get-Median $timings[$_] } | Measure-Object -Minimum).Minimum
    foreach ($contender in $work.Contenders.Keys) {
        $median = Get-Median $timings[$contender]
        [pscustomobject]@{
            work = $workName; contender = $contender; median_s = $median; runs = $Bench.Runs
            least_s = ($timings[$contender] | Measure-Object -Minimum).Minimum; most_s = ($timings[$contender] | Measure-Object -Maximum).Maximum
            ratio_to_best_peer = [Math]::Round($median / $best, 3)
            result_equal = & $work.Equal $verdicts $contender
        }
    }
}
