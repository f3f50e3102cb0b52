# Guests, and what peers start in their place.

# A guest, box, whose tree is the root, and clones of it. Whoever asks for other settings or clones gives the image a key of its own.
function Mount-BenchGuest {
    param($Bench, [string]$Key = 'box', [string]$Size = '2G', [hashtable]$Setting = @{}, [string[]]$Clone = @())
    Mount-BenchImage $Bench $Key -Size $Size {
        param($folder)
        Invoke-Native cp -a $Bench.SourceTree "$folder/tree"
        $null = New-VServer box -Path "$folder/tree" -Store "$folder/store" @Setting
        if ($Clone) { $null = Copy-VServer box $Clone -Store "$folder/store" }
    }
}

# Where a guest's run-time state is, as store.md has it.
function Get-BenchRunFolder {
    param([string]$Store, [string]$Name)
    $device, $inode = (& stat -c '%D %i' $Store) -split ' '
    '/run/vserver/{0}-{1:x}/{2}' -f $device, [long]$inode, $Name
}

# A container for runc and crun with a tree as its root.
function New-BenchBundle {
    param([string]$Path, [string]$Tree, [string[]]$Command)
    if (Test-Path $Path) { Remove-Item $Path -Recurse }
    $null = New-Item -ItemType Directory $Path
    Invoke-Native runc spec -b $Path
    $config = Get-Content "$Path/config.json" -Raw | ConvertFrom-Json -AsHashtable
    $config.process.terminal = $false
    $config.process.args = $Command
    $config.root.path = $Tree
    $config | ConvertTo-Json -Depth 20 | Set-Content "$Path/config.json"
}

# Peers that start an isolated /bin/true in a tree and are done with it, again and again; runc and crun by the bundle of the bench's folder.
function Get-BenchPeer {
    param($Bench, [string]$Tree, [int]$Times)
    $bundle = "$($Bench.Folder)/bundle"
    $commands = [ordered]@{
        bwrap            = "bwrap --unshare-all --bind $Tree / --proc /proc --dev /dev /bin/true"
        'unshare+chroot' = "unshare -mpfuin --mount-proc chroot $Tree /bin/true"
        runc             = "runc run -b $bundle bench-`$i"
    }
    # crun knows no hybrid control groups.
    if ((stat -f -c %T /sys/fs/cgroup) -eq 'cgroup2fs') { $commands.crun = "crun run -b $bundle bench-`$i" }
    $peers = [ordered]@{}
    foreach ($name in $commands.Keys) {
        # Of text, since a closure would not find the bench's functions.
        $peers[$name] = @{ Repeat = $Times; Run = [scriptblock]::Create("Invoke-BenchLoop $Times '$($commands[$name])'") }
    }
    $peers
}

# A command line again and again in one shell, which counts in i.
function Invoke-BenchLoop {
    param([int]$Times, [string]$Command)
    & sh -c "i=0; while [ `$i -lt $Times ]; do $Command || exit 1; i=`$((i+1)); done"
    if ($LASTEXITCODE -ne 0) { throw "'$Command' failed." }
}

function Get-BenchHelper {
    param($Bench)
    "$($Bench.Root)/out/VServer/$((Get-Module VServer).Version)/native/vserver-helper"
}

# A request to the helper: keys and values with a NUL after each, as protocol.md has it.
function Set-BenchRequest {
    param([string]$Path, [string[]]$Line)
    [IO.File]::WriteAllText($Path, (($Line | ForEach-Object { "$_`0" }) -join ''))
}
