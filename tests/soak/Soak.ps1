# Starts, uses and stops guests again and again, and reports, as JSON, what there is of theirs and of this engine before and after. Runs in
# namespaces of its own for processes, mounts, network and IPC, so that all it finds there is its own; Soak.Tests.ps1 makes them.
param([string]$Module, [string]$Store, [string]$Report, [int]$Rounds, [int]$Guests)
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module $Module
$env:VSERVER_STORE = $Store

function Get-Name([string]$Path, [string]$Test = '-true') {
    if (-not (Test-Path $Path)) { return @() }
    @(sh -c "find `"`$1`" -mindepth 1 $Test | sort" sh $Path)
}

# Everything by name, so that what is too much says what it is.
function Get-Footprint {
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    $id = '{0:x}-{1:x}' -f @((stat -c '%d %i' $Store) -split ' ' | ForEach-Object { [long]$_ })
    $ids = @(Get-VServer | ForEach-Object { [long]$_.IdBase })
    # What the engine loads and writes when it likes, and no guest has any part in.
    $engineOwn = '/Microsoft\.NETCore\.App/.*\.dll$|/ModuleAnalysisCache-'
    # Those that look, come and go.
    $processes = @(Get-ChildItem /proc -Directory -Name | Where-Object { $_ -match '^\d+$' } | ForEach-Object { Get-Content "/proc/$_/comm" -ErrorAction Ignore } | Sort-Object)
    [ordered]@{
        Processes   = $processes
        Namespaces  = @(Get-ChildItem /proc -Directory -Name | Where-Object { $_ -match '^\d+$' } | ForEach-Object { readlink "/proc/$_/ns/mnt" "/proc/$_/ns/net" "/proc/$_/ns/user" 2>$null } | Sort-Object -Unique)
        Mounts      = @(Get-Content /proc/self/mountinfo | ForEach-Object { ($_ -split ' ')[4] } | Sort-Object)
        Cgroups     = @(Get-Name /sys/fs/cgroup "-path '*/$id/*'")
        Interfaces  = @(Get-Content /proc/self/net/dev | Select-String '^\s*(\S+):' | ForEach-Object { $_.Matches[0].Groups[1].Value } | Sort-Object)
        Tables      = @(nft list ruleset)
        Descriptors = @(Get-ChildItem /proc/self/fd -Name | ForEach-Object { (readlink "/proc/$PID/fd/$_") -replace '\d+', 'N' } | Where-Object { $_ -and $_ -notmatch $engineOwn } | Sort-Object)
        Files       = @(Get-Name $Store)
        RunFiles    = @(Get-Name "/run/vserver/$id")
        Temporary   = @((Get-Name /tmp -xdev) + (Get-Name /dev/shm) | Where-Object { $_ -notmatch $engineOwn })
        SharedIpc   = @(Get-Content /proc/sysvipc/shm, /proc/sysvipc/msg, /proc/sysvipc/sem | Where-Object { $_ -notmatch 'key' })
        Keys        = @(Get-Content /proc/key-users | Where-Object { $uid = [long]($_ -split ':')[0]; $ids | Where-Object { $uid -ge $_ -and $uid -lt $_ + 65536 } })
    }
}

function Get-ResidentMegabyte {
    [GC]::Collect()
    [long]((Select-String -Path /proc/self/status -Pattern '^VmRSS:\s+(\d+)').Matches[0].Groups[1].Value) / 1KB
}

# A guest's end is told before the kernel has let go of the last of it.
function Get-RestingFootprint($Wanted) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    do {
        $now = Get-Footprint
        $same = $Wanted -and ($now | ConvertTo-Json -Depth 4) -eq ($Wanted | ConvertTo-Json -Depth 4)
        if (-not $same) { [Threading.Thread]::Sleep(200) }
    } until ($same -or $clock.Elapsed.TotalSeconds -gt 20)
    $now
}

function Invoke-Round([int]$Number) {
    $null = Start-VServer one
    $said = Invoke-VServerCommand one -ArgumentList /bin/sh, -c, "echo $Number > /root/round; mv /root/round /root/again; (sleep 1000 &) ; cat /root/again"
    if ($said -ne "$Number") { throw "Round $Number`: the guest said '$said'." }
    $result = Stop-VServer one
    if ($result.Step -ne 'Signal') { throw "Round $Number`: ended by $($result.Step)." }
    $said = Invoke-VServerCommand one -Ephemeral -Discard -ArgumentList /bin/sh, -c, 'echo more > /root/dropped; cat /root/again'
    if ($said -ne "$Number") { throw "Round $Number`: the guest said '$said' when it was started for it alone." }
}

function Invoke-Crowd {
    $names = @(Get-VServer crowd*).Name
    $running = @(Start-VServer $names -PassThru)
    if (@($running | Where-Object State -EQ Running).Count -ne $names.Count) { throw "Only these run: $($running.Name)." }
    foreach ($name in $names) {
        $said = Invoke-VServerCommand $name -ArgumentList /bin/sh, -c, 'echo here > /root/here; hostname'
        if ($said -ne $name) { throw "'$name' said '$said'." }
    }
    $stopped = @(Stop-VServer $names)
    if ($stopped.Count -ne $names.Count) { throw "Only these were stopped: $($stopped.Name)." }
}

# One alone, many on a network.
$null = New-VServerNetwork lan -Subnet 10.213.7.0/24
Get-VServer crowd* | Set-VServer -Network lan

# What the first of all leaves for good, as the log and what the engine has loaded, is there before anything is counted.
1..3 | ForEach-Object { Invoke-Round $_ }
Invoke-Crowd
$before = Get-RestingFootprint $null
$null = Start-VServer one, crowd1
$meanwhile = Get-Footprint
$null = Stop-VServer one, crowd1
$memoryBefore = Get-ResidentMegabyte
$half = [Math]::Max(1, [int]($Rounds / 2))
1..$half | ForEach-Object { Invoke-Round $_ }
$memoryHalf = Get-ResidentMegabyte
1..($Rounds - $half) | ForEach-Object { Invoke-Round $_ }
$memoryRounds = Get-ResidentMegabyte
$afterRounds = Get-RestingFootprint $before
Invoke-Crowd
$afterCrowd = Get-RestingFootprint $before
[ordered]@{ Before = $before; Meanwhile = $meanwhile; AfterRounds = $afterRounds; AfterCrowd = $afterCrowd; Memory = $memoryBefore, $memoryHalf, $memoryRounds, (Get-ResidentMegabyte) } | ConvertTo-Json -Depth 4 | Set-Content $Report
