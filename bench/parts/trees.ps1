# The trees that works use: made once, in an image whose copies are mounted, warm.

function New-BenchContext {
    param([string]$Root, [int]$Runs, [switch]$All)
    $null = New-Item -ItemType Directory -Force "$Root/out/bench"
    # In memory, where it fits, so that no disk's mood is measured; else beside the results.
    $free = [IO.DriveInfo]::new('/dev/shm').AvailableFreeSpace
    $place = $free -gt 13GB ? '/dev/shm' : "$Root/out/bench"
    $folder = (& mktemp -d "$place/vserver-bench.XXXXXX")
    [pscustomobject]@{
        Root = $Root; Runs = $Runs; All = [bool]$All; Folder = $folder; Mount = "$folder/mnt"
        SourceTree = "$Root/out/bench/root"; SourceDigest = $null; Copies = 10
    }
}

function Remove-BenchContext {
    param($Bench)
    Dismount-BenchImage $Bench
    & rm -rf --one-file-system -- $Bench.Folder
}

# A Debian root with perl, a compiler and python, made once: half a gigabyte in some eight thousand files.
function Initialize-BenchTree {
    param($Bench)
    if (-not (Test-Path "$($Bench.SourceTree)/etc/debian_version")) {
        & rm -rf -- "$($Bench.SourceTree)" "$($Bench.SourceTree).new"
        Invoke-Native debootstrap --variant=minbase --include=perl, gcc, python3-minimal bookworm "$($Bench.SourceTree).new"
        Invoke-Native sh -c 'rm -rf "$0"/var/cache/apt/* "$0"/var/lib/apt/lists/*' "$($Bench.SourceTree).new"
        Invoke-Native mv "$($Bench.SourceTree).new" $Bench.SourceTree
    }
}

function Invoke-Native {
    $program, $arguments = $args
    $arguments = @($arguments | ForEach-Object { $_ -is [array] ? ($_ -join ',') : "$_" })
    $output = & $program @arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$program ended with $LASTEXITCODE`: $($output | Select-Object -Last 5 | Out-String)" }
}

# A pristine file system, ext4 unless another -Type is asked for, that -Fill filled once; each mount is of a fresh copy, unless it is used up -Once.
function Mount-BenchImage {
    param($Bench, [string]$Key, [scriptblock]$Fill, [string]$Size = '9G', [string]$Type = 'ext4', [long]$Inodes = 400000, [switch]$Once)
    Dismount-BenchImage $Bench
    $base = "$($Bench.Folder)/$Key.img"
    $null = New-Item -ItemType Directory -Force $Bench.Mount
    if (-not (Test-Path $base)) {
        Get-ChildItem "$($Bench.Folder)/*.img" | Remove-Item
        Invoke-Native truncate -s $Size $base
        if ($Type -eq 'ext4') { Invoke-Native mkfs.ext4 -q -F -N $Inodes $base } else { Invoke-Native "mkfs.$Type" -q $base }
        Invoke-Native mount -o loop $base $Bench.Mount
        & $Fill $Bench.Mount
        if (-not $Once) { Invoke-Native umount $Bench.Mount }
    }
    if (-not $Once) {
        Invoke-Native cp --sparse=always $base "$($Bench.Folder)/run.img"
        Invoke-Native mount -o loop "$($Bench.Folder)/run.img" $Bench.Mount
    }
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

# Ten full copies of the root, or, -Linked, ten that share every inode.
function Mount-BenchCopy {
    param($Bench, [switch]$Linked)
    $names = @(1..($Bench.Copies - 1) | ForEach-Object { "c$_" })
    Mount-BenchImage $Bench ($Linked ? 'linked' : 'copies') {
        param($folder)
        Invoke-Native cp -a $Bench.SourceTree "$folder/c0"
        foreach ($name in $names) { Invoke-Native cp ($Linked ? '-al' : '-a') "$folder/c0" "$folder/$name" }
    }
}

# Gives the trees below a folder to a store as guests; nothing in them is changed.
function Add-BenchGuest {
    param([string]$Folder, [string]$Store, [string[]]$Name)
    foreach ($guest in $Name) { $null = New-VServer $guest -Path "$Folder/$guest" -Store $Store }
}

# One digest a tree: of every name and what is behind it.
function Get-TreeDigest {
    param([string[]]$Tree)
    & "$PSScriptRoot/tree-digest.sh" @Tree
    if ($LASTEXITCODE -ne 0) { throw "The digest of $($Tree -join ', ') could not be made." }
}

# Of the root that all copies are made from, once.
function Get-SourceDigest {
    param($Bench)
    $Bench.SourceDigest ??= Get-TreeDigest $Bench.SourceTree
    $Bench.SourceDigest
}

# Where a contender works: ours in a store beside, with the same names.
function Get-TreePath {
    param($Bench, [string]$Contender, [string[]]$Name)
    $folder = $Contender -like 'vserver*' ? "$($Bench.Mount)/store" : $Bench.Mount
    $Name | ForEach-Object { "$folder/$_" }
}

# What the files of trees take on disk together, an inode once.
function Get-FileByte {
    param([string[]]$Tree)
    [long](& bash -c 'find "$@" -type f -printf "%i %b\n" | sort -u | awk "{ sum += \$2 * 512 } END { print sum }"' bytes @Tree)
}

function Get-InodeCount {
    param([string[]]$Tree)
    [long](& bash -c 'find "$@" -type f -printf "%i\n" | sort -u | wc -l' count @Tree)
}
