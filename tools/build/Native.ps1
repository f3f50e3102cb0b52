# The helper's own tests: programs that check its parts, attempts to get out of guests, and fuzzing.

function Invoke-NativeSuite {
    param($Context)
    Write-Host 'Testing native'
    $clock = [Diagnostics.Stopwatch]::StartNew()
    # Each program is one test; make stops at the first that fails.
    $checks = @(Get-ChildItem "$($Context.Root)/tests/native" -Filter '*_test.c').Count
    $parsers = @(Get-ChildItem "$($Context.Root)/tests/native/fuzz" -Filter '*_fuzz.c').Count
    $parts = @(
        Invoke-NativePart $Context 'check' $checks
        Invoke-NativePart $Context 'walls' 1 -Shown -Missing ([Environment]::UserName -eq 'root' ? '' : 'guests can only be run by root')
        Invoke-NativePart $Context 'fuzz' $parsers -Shown -Missing ((Get-Command clang -ErrorAction Ignore) ? '' : 'there is no clang')
    )
    $sum = @{}
    foreach ($kind in 'Passed', 'Failed', 'Skipped') { $sum[$kind] = ($parts | Measure-Object $kind -Sum).Sum }
    New-SuiteResult 'native' @sum -Seconds $clock.Elapsed.TotalSeconds -Failures @($parts | ForEach-Object Failures)
}

# One target of the Makefile, which is so many tests. What it printed is kept as out/logs/native-TARGET.log, and shown where it is worth it.
function Invoke-NativePart {
    param($Context, [string]$Target, [int]$Count, [switch]$Shown, [string]$Missing)
    if ($Missing) {
        Write-Host "skipped: native ${Target}: $Missing"
        return New-SuiteResult $Target -Skipped $Count
    }

    # What the fuzzing may take in all; continuous integration gives it more.
    $seconds = $env:VSERVER_FUZZ_SECONDS ? $env:VSERVER_FUZZ_SECONDS : 20
    try {
        Invoke-Logged $Context "native-$Target" make @('-s', '-C', "$($Context.Root)/src/native", "OUT=$($Context.Root)/out/native", "FUZZ_SECONDS=$seconds", $Target)
        if ($Shown) { Get-Content "$($Context.LogFolder)/native-$Target.log" | Where-Object { $_ -notlike 'compile *' } | Write-Host }
        New-SuiteResult $Target -Passed $Count
    }
    catch {
        New-SuiteFailure $Target "native ${Target}: $_"
    }
}
