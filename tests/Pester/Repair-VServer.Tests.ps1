BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $null = New-VServer one -Template ref
    # Where bash really is, with or without a merged /usr.
    $bash = (realpath "$store/one/bin/bash").Substring("$store/one".Length)
}

AfterAll { Remove-TestStore $store }

Describe 'Repair-VServer' {
    It 'MissingFile_IsPutBack' {
        rm "$store/one$bash"
        $would = Repair-VServer one -WhatIf | Where-Object { "$($_.Path)" -eq $bash }
        $would.Done, $would.WhatIf | Should -Be $true, $true
        Test-Path "$store/one$bash" | Should -BeFalse
        $step = Repair-VServer one | Where-Object { "$($_.Path)" -eq $bash }
        $step.Kind, $step.Done | Should -Be 'PackageFileMissing', $true
        cmp "$store/ref$bash" "$store/one$bash"
        $LASTEXITCODE | Should -Be 0
        stat -c '%a %u %g %y' "$store/one$bash" | Should -Be (stat -c '%a %u %g %y' "$store/ref$bash")
    }

    It 'ChangedFile_StaysUnlessForced' {
        rm "$store/one$bash"; Set-Content "$store/one$bash" 'patched'
        (Repair-VServer one | Where-Object { "$($_.Path)" -eq $bash }).Done | Should -BeFalse
        Get-Content "$store/one$bash" | Should -Be 'patched'
        (Repair-VServer one -Force | Where-Object { "$($_.Path)" -eq $bash }).Done | Should -BeTrue
        cmp "$store/ref$bash" "$store/one$bash"
        $LASTEXITCODE | Should -Be 0
    }

    It 'Seals_AreSetWhereAskedFor' {
        (Repair-VServer one -Against Store -Guard Immutable).Done | Select-Object -Unique | Should -Be $true
        Test-VServer one -Against Store -Guard Immutable -Quiet | Should -BeTrue
        Set-VServerImmutable one -Guard None
    }

    It 'Nothing_IsDoneWhereNothingIsFound' {
        Repair-VServer one -Against Store | Should -BeNullOrEmpty
    }
}
