# For the tests of the cmdlets: the built module, a store of their own, real guests. Each file dot-sources this in BeforeAll.

$script:Root = Split-Path (Split-Path $PSScriptRoot)
$script:Module = "$Root/out/VServer/$((Import-PowerShellDataFile "$Root/VServer.psd1").ModuleVersion)/VServer.psd1"
Import-Module $Module

# Programs of the host that the small test tree gets, each with its libraries.
$script:TestPrograms = 'sh', 'bash', 'cat', 'chmod', 'cp', 'echo', 'false', 'hostname', 'id', 'kill', 'ln', 'ls', 'mkdir', 'mv', 'od', 'pwd', 'rm',
    'sleep', 'stat', 'stty', 'touch', 'tty', 'env'

# A store on a disk file system, which becomes the one that is meant when nobody names one.
function New-TestStore {
    $path = mktemp -d /var/tmp/vserver-test.XXXXXX
    $env:VSERVER_STORE = $path
    $path
}

function Remove-TestStore {
    param([string]$Store)
    if (-not $Store) { return }
    Get-VServer -Store $Store -ErrorAction Ignore | Remove-VServer -Force -Confirm:$false
    rm -rf --one-file-system -- $Store
    $env:VSERVER_STORE = ''
}

# A tree with a shell and a few tools: what a guest needs to be started, made in a moment.
function New-TestTree {
    param([string]$Path)
    mkdir -p $('bin', 'dev', 'etc', 'proc', 'root', 'run', 'sys', 'tmp', 'usr', 'var' | ForEach-Object { "$Path/$_" })
    chmod 1777 "$Path/tmp"
    Add-TestProgram $Path $TestPrograms
    Set-Content "$Path/etc/passwd" "root:x:0:0:root:/root:/bin/sh`nanna:x:1000:1000:Anna:/tmp:/bin/sh"
    Set-Content "$Path/etc/group" "root:x:0:`nanna:x:1000:"
}

# Programs of the host, with the libraries they need.
function Add-TestProgram {
    param([string]$Path, [string[]]$Name)
    [string[]]$programs = bash -c 'type -P "$@"' bash @Name
    cp -L @programs "$Path/bin/"
    Add-TestLibrary $Path $programs
}

# What programs and libraries of the host need, asked once.
$script:Libraries = @{}

function Add-TestLibrary {
    param([string]$Path, [string[]]$Of)
    [string[]]$libraries = $Libraries["$Of"] ??= ldd @Of | Select-String -Pattern '(/\S+) \(0x' | ForEach-Object { $_.Matches[0].Groups[1].Value } | Sort-Object -Unique
    cp -L --parents @libraries $Path
}

# A guest of such a tree.
function New-TestGuest {
    param([string]$Name, [hashtable]$Option = @{})
    $tree = "$env:VSERVER_STORE/.tree-$Name"
    New-TestTree $tree
    New-VServer $Name -Path $tree @Option
}

# The same tree with a package database, in which every file but one is a package's.
function New-PackagedTree {
    param([string]$Path)
    New-TestTree $Path
    $null = New-Item -ItemType Directory -Force "$Path/usr/share/doc/base", "$Path/var/lib/dpkg/info"
    1..150 | ForEach-Object { [IO.File]::WriteAllText("$Path/usr/share/doc/base/note$_", "This is note $_.`n") }
    Set-Content "$Path/etc/bash.bashrc" '# interactive shells'
    Set-Content "$Path/usr/unpackaged" 'nobody knows this file'
    # Whole seconds long gone, so that every copy has the same times.
    find $Path -exec touch -h -d '2020-01-02 03:04:05' '{}' +

    $database = "$Path/var/lib/dpkg"
    $libraries = find $Path -path '*/lib*' -type f | ForEach-Object { $_.Substring($Path.Length) }
    Set-Content "$database/info/bash.list" '/.', '/bin', '/bin/bash', '/bin/sh', '/etc', '/etc/bash.bashrc'
    Set-Content "$database/info/coreutils.list" (@('/.', '/bin') + @($TestPrograms | Where-Object { $_ -notin 'sh', 'bash' } | ForEach-Object { "/bin/$_" }))
    Set-Content "$database/info/base.list" (@('/.', '/usr', '/usr/share', '/usr/share/doc', '/usr/share/doc/base') + @(1..150 | ForEach-Object { "/usr/share/doc/base/note$_" }))
    Set-Content "$database/info/libc6:amd64.list" (@('/.') + $libraries)
    Set-Content "$database/info/format" '1'
    $status = foreach ($package in 'base', 'bash', 'coreutils', 'libc6') {
        "Package: $package"
        'Status: install ok installed'
        'Architecture: amd64'
        if ($package -eq 'libc6') { 'Multi-Arch: same' }
        'Version: 1.0-1'
        if ($package -eq 'bash') { 'Conffiles:', ' /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d' }
        'Description: a part of the test tree'
        ''
    }
    Set-Content "$database/status" $status
}

# A guest of a copy of the tree that the test has made in its store.
function New-Copy {
    param([string]$Name, [hashtable]$Option = @{})
    cp -a "$env:VSERVER_STORE/.tree" "$env:VSERVER_STORE/.copy"
    $null = New-VServer $Name -Path "$env:VSERVER_STORE/.copy" @Option
}

# What tells whether two names in the store are one inode.
function Get-Inode { param([string]$Path) stat -c '%d %i' "$env:VSERVER_STORE/$Path" }

# The attributes as lsattr shows them.
function Get-Flag { param([string]$Path) (lsattr "$env:VSERVER_STORE/$Path") -split ' ' | Select-Object -First 1 }

# The process that looks after a running guest.
function Get-Monitor { param([string]$Name) (Get-Process -Id (Get-VServer $Name).ProcessId).Parent }

# What there is of a guest's cgroups in any hierarchy. Others' come and go while they are looked through.
function Get-Cgroup {
    param([string]$Name)
    $id = '{0}-{1:x}' -f (stat -c %D $env:VSERVER_STORE), [long](stat -c %i $env:VSERVER_STORE)
    find /sys/fs/cgroup -type d -path "*/vserver/$id/$Name" 2>&1 | Where-Object { "$_" -notlike '*No such file*' } | ForEach-Object { "$_" }
}

# Waits for what must come, and fails when it has not come in time.
function Wait-Until {
    param([scriptblock]$Condition, [int]$Seconds = 60, [string]$What = 'what was waited for')
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "After $Seconds seconds, $What has not come." }
        [Threading.Thread]::Sleep(50)
    }
}

function Get-EnginePath {
    $running = [Environment]::ProcessPath
    if ([IO.Path]::GetFileNameWithoutExtension($running) -eq 'pwsh') { $running } else { "$PSHOME/pwsh" }
}

# What an independent tool sees of a tree: type, mode, owner, times, size, target and content of every name.
function Get-TreeDigest {
    param([string]$Path)
    $facts = find $Path -xdev '(' -type f -printf '%P\0%y %m %U %G %T@ %s\0' ')' -o '(' -type d -printf '%P\0%y %m %U %G\0' ')' -o -printf '%P\0%y %m %U %G %T@ %l\0' | sort -z | sha256sum
    $content = sh -c 'cd "$1" && find . -xdev -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum' sh $Path
    "$facts $content"
}
