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

    # Everything in there is the soak's own. The shell is process 1 and reaps what loses its parent.
    $inside = 'export TMPDIR=/tmp; mount -t tmpfs tmpfs /tmp && mount -t tmpfs tmpfs /dev/shm && ip link set lo up && "$@"; exit $?'
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $output = unshare --pid --fork --kill-child --mount --mount-proc --net --ipc sh -c $inside sh (Get-EnginePath) -NoProfile -NonInteractive -File "$Root/tests/soak/Soak.ps1" $Module $store "$store.json" $rounds $guests 2>&1
    $code = $LASTEXITCODE
    $seconds = $clock.Elapsed.TotalSeconds
    $soak = $code -eq 0 ? (Get-Content "$store.json" -Raw | ConvertFrom-Json) : $null
    Remove-Item "$store.json" -ErrorAction Ignore

    # What there is more of, and less.
    function Compare-Footprint($Before, $After) {
        foreach ($kind in $Before.PSObject.Properties.Name) {
            foreach ($one in @($Before.$kind) + @($After.$kind) | Sort-Object -Unique) {
                $more = @($After.$kind -ceq $one).Count - @($Before.$kind -ceq $one).Count
                if ($more) { "$kind $($more.ToString('+0;-0')) $one" }
            }
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
