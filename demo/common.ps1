# What the demo needs beside the module: its voice, its folder, its checks.

function Show-Text {
    param([string]$Text)
    Write-Host "`n$Text" -ForegroundColor Cyan
}

# Says what comes, then shows and runs the lines one after the other, as one would type them.
function Show-Step {
    param([string]$Title, [scriptblock]$Script)
    Show-Text $Title
    foreach ($statement in $Script.Ast.EndBlock.Statements) {
        Write-Host "PS> $statement" -ForegroundColor Yellow
        Show-Output ([scriptblock]::Create($statement))
    }
}

# Says what comes and shows it, however it is come by.
function Show-Result {
    param([string]$Title, [scriptblock]$Script)
    Show-Text $Title
    Show-Output $Script
}

function Show-Output {
    param([scriptblock]$Script)
    $text = & $Script | Out-String -Width 116
    foreach ($line in $text.Trim("`n") -split "`n") { Write-Host "    $line".TrimEnd() }
}

# On the file system of the checkout when it can do what guests need, else on another one.
function New-DemoStore {
    param([string]$Out)
    foreach ($place in $Out, '/var/tmp', '/srv') {
        if (-not (Test-Path $place)) { continue }
        $lacking = Test-VServerHost -Store $place | Where-Object { -not $_.Available -and $_.Name -eq 'overlay-idmapped' }
        if (-not $lacking) { return (mktemp -d "$(Resolve-Path $place)/vserver-demo.XXXXXX") }
    }
    throw "Neither $Out nor /var/tmp nor /srv is on a file system that can hold guests. Test-VServerHost says what they lack."
}

function Remove-DemoStore {
    param([string]$Store)
    Get-VServer | Remove-VServer -Force -Confirm:$false
    Get-VServerTemplate | Remove-VServerTemplate -Confirm:$false
    rm -rf --one-file-system -- $Store
}

# The shared program as each sees it: its digest and mode, from inside where a guest runs.
function Get-BashState {
    $file = "$env:VSERVER_STORE/refbox/bin/bash"
    [pscustomobject]@{ Who = 'refbox'; Mode = stat -c %a $file; Sha256 = (sha256sum $file).Substring(0, 16); Size = stat -c %s $file }
    foreach ($guest in Get-VServer) {
        $mode, $digest, $size = $guest | Invoke-VServerCommand { stat -c %a /bin/bash; sha256sum /bin/bash | cut -c1-16; stat -c %s /bin/bash }
        [pscustomobject]@{ Who = $guest.Name; Mode = $mode; Sha256 = $digest; Size = $size }
    }
}

function Assert-BashUnchanged {
    param($Before, $After, [string[]]$Changed)
    foreach ($now in $After) {
        $then = $Before | Where-Object Who -EQ $now.Who
        $same = $then.Mode -eq $now.Mode -and $then.Sha256 -eq $now.Sha256
        if ($same -eq ($now.Who -in $Changed)) { throw "/bin/bash of $($now.Who) is not what it should be: $then became $now." }
    }
}

function Get-Saving {
    $usage = Measure-VServer
    $copies = ($usage | Measure-Object TotalBytes -Sum).Sum
    $disk = ($usage | Measure-Object AmortisedBytes -Sum).Sum
    [pscustomobject]@{
        'Full copies' = Format-Size $copies
        'On disk'     = Format-Size $disk
        'Saved'       = Format-Size ($copies - $disk)
        'Saved %'     = '{0:n0}' -f (100 * ($copies - $disk) / $copies)
    }
}

function Format-Size {
    param([double]$Bytes)
    '{0:n1} MiB' -f ($Bytes / 1MB)
}

# Where running guests can be seen on the host: their processes, their folders of run-time state, their control groups.
function Get-Trace {
    param([string]$Store)
    foreach ($guest in Get-VServer | Where-Object ProcessId) {
        $status = Get-Content "/proc/$($guest.ProcessId)/status"
        $monitor = ($status | Select-String '^PPid:\s+(\d+)').Matches[0].Groups[1].Value
        "/proc/$($guest.ProcessId)"
        "/proc/$monitor"
        foreach ($line in Get-Content "/proc/$($guest.ProcessId)/cgroup") {
            $group = ($line -split ':', 3)[2]
            if ($group -ne '/') { find /sys/fs/cgroup -maxdepth 2 -path "*$group" -type d }
        }
    }
    $number = '{0:x}' -f [long](stat -c %i $Store)
    find /run/vserver -mindepth 1 -maxdepth 2 -path "*-$number/*"
}

function Assert-NothingLeft {
    param([string]$Store, [string[]]$Trace)
    # A zombie holds nothing any more and only waits for the host's init to ask for it.
    $left = @($Trace | Where-Object { (Test-Path -LiteralPath $_) -and "$(Get-Content "$_/stat" -ErrorAction Ignore)" -notmatch '\) Z ' }) + @(Select-String -Path /proc/self/mountinfo -SimpleMatch $Store)
    if ($left -or (Test-Path $Store)) { throw "The demo left something behind: $left $Store" }
}
