# Runs works and makes rows of what came out.
#
# A work gives Rows (each with Name, and what it must hold) and either
# - Contenders (ordered: name -> { Run, Repeat }) with Prepare, Verify (a contender's result), Equal and Finish, with Warmup, rounds that
#   do not count, and with LeastRuns, where what takes a tenth of a second needs more rounds than others for a median that holds still;
#   each row then names Ours and Peers, and Must and Aim are ratios to the fastest peer; or
# - Measure, which returns finished rows (New-BenchRow).

# The work of a file, with those of its rows that are wanted; nothing when none is.
function Select-BenchWork {
    param($Bench, [IO.FileInfo]$File, [string[]]$Name)
    # Dot-sourced, so that its blocks find its variables and functions here.
    $work = . $File $Bench
    $rows = @($work.Rows | Where-Object { $row = $_; $Name | Where-Object { $File.BaseName -like $_ -or $row.Name -like $_ } })
    if ($rows) { @{ Name = $File.BaseName; Wanted = $rows; File = $File.FullName } }
}

function Invoke-BenchWork {
    param($Bench, $Work)
    # Again, since works share names and the next file's would be found.
    $fresh = . $Work.File $Bench
    if ($fresh.ContainsKey('Measure')) {
        Write-Information $Work.Name -InformationAction Continue
        & $fresh.Measure $Work.Wanted
        return
    }
    $wanted = @($Work.Wanted | ForEach-Object { $_.Ours; $_.Peers })
    $chosen = @($fresh.Contenders.Keys | Where-Object { $_ -in $wanted })
    $seen = Measure-Contender $Bench $Work.Name $fresh $chosen
    foreach ($row in $Work.Wanted) { ConvertTo-BenchRow $Bench $fresh $row $seen }
}

function Measure-Contender {
    param($Bench, [string]$Title, $Work, [string[]]$Name)
    $seen = @{}
    foreach ($contender in $Name) { $seen[$contender] = @{ First = $null; Seconds = @(); Cpu = @(); Verdict = $null } }
    $warmup = [int]$Work['Warmup']
    $rounds = $warmup + [Math]::Max($Bench.Runs, [int]$Work['LeastRuns'])
    foreach ($round in 1..$rounds) {
        foreach ($contender in $Name) {
            Write-Information "$Title, round $round of ${rounds}: $contender" -InformationAction Continue
            & $Work.Prepare $contender
            Wait-BenchQuiet
            $entry = $Work.Contenders[$contender]
            $cost = Measure-Cost $entry.Run
            $seen[$contender].First ??= $cost.Seconds / $entry.Repeat
            if ($round -gt $warmup) {
                $seen[$contender].Seconds += $cost.Seconds / $entry.Repeat
                $seen[$contender].Cpu += $cost.Cpu / $entry.Repeat
            }
            if ($round -eq 1) { $seen[$contender].Verdict = & $Work.Verify $contender }
            & $Work.Finish $contender
        }
    }
    $seen
}

# What came before, like the kernel's own taking away of namespaces and trees, is not to be paid by who comes next.
function Wait-BenchQuiet {
    $patience = [Diagnostics.Stopwatch]::StartNew()
    do {
        $before = Get-BusyTick
        Start-Sleep -Milliseconds 200
        $busy = (Get-BusyTick) - $before
    } while ($busy -gt 2 -and $patience.Elapsed.TotalSeconds -lt 30)
}

# Hundredths of a second in which processors did anything.
function Get-BusyTick {
    $fields = (Get-Content /proc/stat -TotalCount 1) -split '\s+'
    # user, nice, system, irq, softirq, steal; not idle and waiting for disks.
    ($fields[1, 2, 3, 6, 7, 8] | Measure-Object -Sum).Sum
}

# Time on the clock, and time of processors in this process and the children it has waited for.
function Measure-Cost {
    param([scriptblock]$Run)
    [GC]::Collect()
    $before = Get-CpuSecond
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Run
    $watch.Stop()
    @{ Seconds = $watch.Elapsed.TotalSeconds; Cpu = (Get-CpuSecond) - $before }
}

function Get-CpuSecond {
    $fields = ((Get-Content /proc/self/stat -Raw) -replace '^.*\) ') -split ' '
    # utime, stime, cutime, cstime; in hundredths, whatever the kernel's own clock.
    ([long]$fields[11] + [long]$fields[12] + [long]$fields[13] + [long]$fields[14]) / 100
}

function ConvertTo-BenchRow {
    param($Bench, $Work, $Row, $Seen)
    $verdicts = @{}
    foreach ($contender in $Seen.Keys) { $verdicts[$contender] = $Seen[$contender].Verdict }
    $best = ($Row.Peers | Where-Object { $Seen.ContainsKey($_) } | ForEach-Object { Get-Median $Seen[$_].Seconds } | Measure-Object -Minimum).Minimum
    foreach ($contender in @($Row.Ours) + @($Row.Peers | Where-Object { $Seen.ContainsKey($_) })) {
        $isOurs = $contender -in $Row.Ours
        $time = $Seen[$contender].Seconds
        $ratio = [Math]::Round((Get-Median $time) / $best, 3)
        New-BenchRow @{
            work = $Row.Name; contender = $contender; median = Get-Median $time; unit = 's'; runs = $time.Count
            least = ($time | Measure-Object -Minimum).Minimum; most = ($time | Measure-Object -Maximum).Maximum; cpu = Get-Median $Seen[$contender].Cpu
            first = [Math]::Round($Seen[$contender].First / $best, 3); ratio = $ratio; must = $isOurs ? $Row['Must'] : $null; aim = $isOurs ? $Row['Aim'] : $null
            held = $isOurs -and $Row['Must'] ? $ratio -le $Row.Must : $null
            equal = & $Work.Equal $verdicts $contender
        }
    }
}

function New-BenchRow {
    param([hashtable]$Value)
    $columns = 'work', 'contender', 'median', 'unit', 'least', 'most', 'cpu', 'runs', 'first', 'ratio', 'must', 'aim', 'held', 'equal'
    $row = [ordered]@{}
    foreach ($column in $columns) { $row[$column] = $Value[$column] }
    [pscustomobject]$row
}

function Get-Median {
    param([double[]]$Value)
    $sorted = @($Value | Sort-Object)
    $middle = [int][Math]::Floor($sorted.Count / 2)
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}
