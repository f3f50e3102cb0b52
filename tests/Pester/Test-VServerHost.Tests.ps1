BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
}

AfterAll { Remove-TestStore $store }

Describe 'Test-VServerHost' {
    It 'Features_AreTheKnownOnes' {
        $names = (Test-VServerHost).Name
        foreach ($name in 'user-namespaces', 'idmapped-mounts', 'overlay', 'overlay-idmapped', 'cgroup-v2', 'pidfd', 'openat2', 'hard-links', 'reflinks', 'immutable', 'memory-max', 'pids-max', 'cpu-max', 'io-weight') {
            $names | Should -Contain $name
        }
    }

    It 'Available_HasNoErrno' {
        Test-VServerHost | Where-Object Available | ForEach-Object { $_.NativeError | Should -Be 0 }
    }

    It 'Guards_SayWhatTheyPromise' {
        $guards = Test-VServerHost | Where-Object Name -like 'guard-*'
        $guards.Name | Should -Be 'guard-immutable', 'guard-mayunlink'
        $guards.Detail | Should -Not -BeNullOrEmpty
        ($guards | Where-Object Name -eq 'guard-mayunlink').Detail | Should -BeLike '*copy-on-write*'
    }

    It 'MissingStore_IsTestedWhereItWouldBe' {
        (Test-VServerHost -Store "$store/not/yet").Count | Should -Be (Test-VServerHost).Count
        Test-Path "$store/not" | Should -BeFalse
    }

    It 'Test_LeavesNothing' {
        Test-VServerHost | Out-Null
        Get-ChildItem $store -Force | Should -BeNullOrEmpty
    }
}
