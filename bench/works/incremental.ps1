# After packages of two guests changed: does a rerun touch only them? One guest's package is installed anew, so its files are equal files of
# their own again; another's is upgraded, so its files differ. What is read is told by the kernel (rchar of /proc/PID/io).
param($Bench)
$names = 0..($Bench.Copies - 1) | ForEach-Object { "c$_" }
$mount = $Bench.Mount
$store = "$mount/store"
$package = 'perl-base'
# Files of the package, as it lists them, that are regular and no links.
$list = 'sed "s,^/,," "$0/var/lib/dpkg/info/$1.list" | while read -r file; do if [ -f "$0/$file" ] && [ ! -L "$0/$file" ]; then echo "$file"; fi; done'

function Invoke-Scope([string]$Scope) {
    $guests = $Scope -eq 'Content' ? 'c*' : 'c[1-9]'
    $reference = $Scope -eq 'Content' ? @{} : @{ Reference = 'c0' }
    $read = Get-ReadByte
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $linked = (Get-VServer $guests -Store $store | Invoke-VServerUnify @reference -Scope $Scope -Include '/*' | Measure-Object Linked -Sum).Sum
    [pscustomobject]@{ Seconds = $watch.Elapsed.TotalSeconds; Read = (Get-ReadByte) - $read; Linked = [long]$linked }
}

function Get-ReadByte { [long]((Select-String -Path /proc/self/io -Pattern '^rchar: (\d+)').Matches[0].Groups[1].Value) }

# As dpkg does it: a new file beside, renamed over the old.
function Update-Package([string]$Guest, [string]$Change) {
    $script = "cd `"`$0`" && while read -r file; do cp -p `"`$file`" `"`$file.dpkg-new`" && { $Change; } && mv `"`$file.dpkg-new`" `"`$file`"; done"
    $files | & bash -c $script "$store/$Guest"
    if ($LASTEXITCODE -ne 0) { throw "The package in $Guest could not be changed." }
}

@{
    Rows    = @(@{ Name = 'incremental' })
    Measure = {
        foreach ($scope in 'Tree', 'Content') {
            Mount-BenchCopy $Bench -Linked
            Add-BenchGuest $mount $store $names
            $files = & bash -c $list "$store/c0" $package
            $bytes = ($files | ForEach-Object { [IO.FileInfo]::new("$store/c0/$_").Length } | Measure-Object -Sum).Sum
            # The first learns what differs, the second is what there is to compare with.
            $null = Invoke-Scope $scope
            $idle = Invoke-Scope $scope
            Update-Package c3 ':'
            Update-Package c4 'echo upgraded >>"$file.dpkg-new"'
            $again = Invoke-Scope $scope
            $held = $again.Linked -ge $files.Count -and $again.Linked -le 1.1 * $files.Count -and $again.Read - $idle.Read -le 4 * $bytes
            New-BenchRow @{ work = 'incremental'; contender = "$scope, nothing changed"; median = $idle.Seconds; unit = 's'; runs = 1; ratio = 1; equal = $idle.Linked -eq 0 }
            New-BenchRow @{
                work = 'incremental'; contender = "$scope, a package changed"; median = $again.Seconds; unit = 's'; runs = 1
                ratio = [Math]::Round($again.Seconds / $idle.Seconds, 3); held = $held; equal = $again.Linked -ge $files.Count
            }
            New-BenchRow @{
                work = 'incremental'; contender = "$scope, read over the package's bytes"; median = ($again.Read - $idle.Read) / 1MB; unit = 'MB'; runs = 1
                ratio = [Math]::Round(($again.Read - $idle.Read) / $bytes, 3); must = 4; held = $held; equal = $again.Linked -ge $files.Count
            }
            Dismount-BenchImage $Bench
        }
    }
}
