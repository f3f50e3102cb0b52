# For the tests with real Debian roots. What debootstrap makes is kept below out/, packed, since it takes most of a minute.

# A Debian with some packages more than the least, unpacked anew for whoever asks.
function New-DebianTree {
    param([string]$Path, [string[]]$Include = @())
    $kept = "$Root/out/debian/$((@('bookworm') + $Include) -join '+').tar"
    if (-not (Test-Path $kept)) {
        Save-DebianTree $Path $Include $kept
        return
    }
    $null = New-Item -ItemType Directory $Path
    Invoke-Tool tar --extract --preserve-permissions --numeric-owner --acls --xattrs '--xattrs-include=*' --file $kept --directory $Path
}

# Downloads are for the next one made for the same store. Whoever else wants the same meanwhile finds all of it or nothing.
function Save-DebianTree {
    param([string]$Path, [string[]]$Include, [string]$Kept)
    $null = New-Item -ItemType Directory -Force (Split-Path $Kept), "$env:VSERVER_STORE/.packages"
    $options = @(if ($Include) { "--include=$($Include -join ',')" })
    Invoke-Tool debootstrap --variant=minbase "--cache-dir=$env:VSERVER_STORE/.packages" @options bookworm $Path
    Invoke-Tool tar --create --format=posix --acls --xattrs --file "$Kept.$PID" --directory $Path .
    Move-Item -Force "$Kept.$PID" $Kept
}

function Invoke-Tool {
    $program, $arguments = $args
    $output = & $program @arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$program ended with $LASTEXITCODE`: $($output | Select-Object -Last 5)" }
}
