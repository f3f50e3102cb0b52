# Guests that come and go leave nothing behind. VSERVER_TEST_HEAVY=1 makes it 500 rounds and 50 guests at once.

BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $rounds, $guests = if ($env:VSERVER_TEST_HEAVY -eq '1') { 500, 50 } else { 25, 10 }
    $null = New-TestGuest one
    1..$guests | ForEach-Object {
        # Names of the first one's inodes, as a store's guests are.
        cp -al "$store/one" "$store/.tree-$_"
        $null = New-VServer "crowd$_" -Path "$store/.tree-$_"
    }

    # Everything in there is the soak's own. The shell is process 1 and reaps what loses its parent. A project below /tmp is brought back into sight.
    $inside = @'
root=$1; shift
exec 9<"$root"
export TMPDIR=/tmp
mount -t tmpfs tmpfs /tmp && mount -t tmpfs tmpfs /dev/shm && mkdir -p "$root" && mount -c --bind /proc/self/fd/9 "$root" && exec 9<&- &&
    ip link set lo up && "$@"
exit $?
'@
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $output = unshare --pid --fork --kill-child --mount --mount-proc --net --ipc sh -c $inside sh $Root (Get-EnginePath) -NoProfile -NonInteractive -File "$Root/tests/soak/Soak.ps1" $Module $store "$store.json" $rounds $guests 2>&1
    $code = $LASTEXITCODE
    $seconds = $clock.Elapsed.TotalSeconds
    $soak = $code -eq 0 ? (Get-Content "$store.json" -Raw | ConvertFrom-Json) : $null
    Remove-Item "$store.json" -ErrorAction Ignore

    # What there is more of, and less.
    function Compare-Footprint($Before, $After) {
        foreach ($kind in $Before.PSObject.Properties.Name) {
            $more = [Collections.Generic.SortedDictionary[string, int]]::new([StringComparer]::Ordinal)
            foreach ($one in $After.$kind) { $more["$one"]++ }
            foreach ($one in $Before.$kind) { $more["$one"]-- }
            $more.GetEnumerator() | Where-Object Value | ForEach-Object { "$kind $($_.Value.ToString('+0;-0')) $($_.Key)" }
        }
    }
}

AfterAll { Remove-TestStore $store }

Describe 'Many lives of guests' {
    It 'StartExecStop_EndsWithoutAFailure' {
        "$output" | Should -Be ''
        $code | Should -Be 0
        Write-Information "$rounds rounds and $guests guests at once: $([int]$seconds) s, resident $($soak.Memory -join ', ') MB" -InformationAction Continue
    }

    It 'StartExecStop_LeavesNothing' {
        Compare-Footprint $soak.Before $soak.AfterRounds | Should -BeNullOrEmpty
    }

    It 'ManyAtOnce_LeaveNothing' {
        Compare-Footprint $soak.Before $soak.AfterCrowd | Should -BeNullOrEmpty
    }

    It 'StartExecStop_TheEngineDoesNotGrow' {
        # The second half, since the first also compiles.
        $soak.Memory[2] - $soak.Memory[1] | Should -BeLessThan 16
        $soak.Memory[3] - $soak.Memory[0] | Should -BeLessThan 64
    }

    It 'Counted_WhatRunsIsSeen' {
        $seen = @(Compare-Footprint $soak.Before $soak.Meanwhile)
        foreach ($kind in 'Processes', 'Namespaces', 'Cgroups', 'Interfaces', 'RunFiles', 'Files') {
            $seen -match "^$kind \+" | Should -Not -BeNullOrEmpty -Because "$kind of running guests are counted"
        }
        $soak.Before.Descriptors | Should -Not -BeNullOrEmpty
    }
}
