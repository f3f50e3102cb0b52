# What Should answers. Nothing here knows which runner it is under, so Pester itself must agree with every line.

BeforeDiscovery {
    $holds = @(
        @{ Case = 'Be_EqualNumbers'; Assertion = { 1 | Should -Be 1 } }
        @{ Case = 'Be_TextOfAnotherCase'; Assertion = { 'A' | Should -Be 'a' } }
        @{ Case = 'Be_NumberInText'; Assertion = { '5' | Should -Be 5 } }
        @{ Case = 'Be_SameCollection'; Assertion = { 1, 2, 3 | Should -Be @(1, 2, 3) } }
        @{ Case = 'Be_NestedCollection'; Assertion = { 1, @(2, 3) | Should -Be @(1, @(2, 3)) } }
        @{ Case = 'Be_OneItemAndCollectionOfIt'; Assertion = { @(1) | Should -Be 1 } }
        @{ Case = 'Be_NullAndEmptyCollection'; Assertion = { @() | Should -Be $null } }
        @{ Case = 'Be_ByActualValue'; Assertion = { Should -ActualValue 7 -Be 7 } }
        @{ Case = 'Be_BySplatting'; Assertion = { $how = @{ Be = $true; ExpectedValue = 2 }; 2 | Should @how } }
        @{ Case = 'NotBe_DifferentLength'; Assertion = { 1, 2 | Should -Not -Be @(1, 2, 3) } }
        @{ Case = 'NotBe_CollectionAndItsItem'; Assertion = { 1, 1 | Should -Not -Be 1 } }
        @{ Case = 'NotBe_NullAndZero'; Assertion = { 0 | Should -Not -Be $null } }
        @{ Case = 'BeExactly_SameText'; Assertion = { 'abc' | Should -BeExactly 'abc' } }
        @{ Case = 'NotBeExactly_AnotherCase'; Assertion = { 'abc' | Should -Not -BeExactly 'aBc' } }
        @{ Case = 'BeTrue_Number'; Assertion = { 1 | Should -BeTrue } }
        @{ Case = 'BeTrue_EachOfSeveral'; Assertion = { $true, 1, 'x' | Should -BeTrue } }
        @{ Case = 'BeFalse_Null'; Assertion = { $null | Should -BeFalse } }
        @{ Case = 'BeFalse_EmptyPipeline'; Assertion = { @() | Should -BeFalse } }
        @{ Case = 'NotBeTrue_Zero'; Assertion = { 0 | Should -Not -BeTrue } }
        @{ Case = 'BeNullOrEmpty_Null'; Assertion = { $null | Should -BeNullOrEmpty } }
        @{ Case = 'BeNullOrEmpty_EmptyText'; Assertion = { '' | Should -BeNullOrEmpty } }
        @{ Case = 'BeNullOrEmpty_EmptyCollection'; Assertion = { @() | Should -BeNullOrEmpty } }
        @{ Case = 'BeNullOrEmpty_EmptyHashtable'; Assertion = { @{} | Should -BeNullOrEmpty } }
        @{ Case = 'NotBeNullOrEmpty_Zero'; Assertion = { 0 | Should -Not -BeNullOrEmpty } }
        @{ Case = 'NotBeNullOrEmpty_TwoNulls'; Assertion = { $null, $null | Should -Not -BeNullOrEmpty } }
        @{ Case = 'BeOfType_Subtype'; Assertion = { Get-Item / | Should -BeOfType ([System.IO.FileSystemInfo]) } }
        @{ Case = 'BeOfType_NameOfType'; Assertion = { 5 | Should -BeOfType 'int' } }
        @{ Case = 'BeOfType_TypeInBrackets'; Assertion = { 5 | Should -BeOfType [int] } }
        @{ Case = 'NotBeOfType_Null'; Assertion = { $null | Should -Not -BeOfType ([string]) } }
        @{ Case = 'BeGreaterThan_Greater'; Assertion = { 2, 3 | Should -BeGreaterThan 1 } }
        @{ Case = 'NotBeGreaterThan_Equal'; Assertion = { 2 | Should -Not -BeGreaterThan 2 } }
        @{ Case = 'BeGreaterOrEqual_Equal'; Assertion = { 2 | Should -BeGreaterOrEqual 2 } }
        @{ Case = 'BeLessThan_Time'; Assertion = { [timespan]'00:00:01' | Should -BeLessThan ([timespan]'00:01:00') } }
        @{ Case = 'BeLessOrEqual_Equal'; Assertion = { 2 | Should -BeLessOrEqual 2 } }
        @{ Case = 'BeIn_Contained'; Assertion = { 'b' | Should -BeIn 'a', 'b' } }
        @{ Case = 'NotBeIn_Missing'; Assertion = { 'c' | Should -Not -BeIn 'a', 'b' } }
        @{ Case = 'BeLike_Wildcard'; Assertion = { 'Web1' | Should -BeLike 'web*' } }
        @{ Case = 'BeLikeExactly_Wildcard'; Assertion = { 'web1' | Should -BeLikeExactly 'web?' } }
        @{ Case = 'NotBeLikeExactly_AnotherCase'; Assertion = { 'Web1' | Should -Not -BeLikeExactly 'web?' } }
        @{ Case = 'Match_Expression'; Assertion = { 'Inode 12' | Should -Match '^inode \d+$' } }
        @{ Case = 'Match_EachOfSeveral'; Assertion = { 'a1', 'b2' | Should -Match '\d' } }
        @{ Case = 'MatchExactly_Expression'; Assertion = { 'Inode 12' | Should -MatchExactly '^Inode' } }
        @{ Case = 'NotMatchExactly_AnotherCase'; Assertion = { 'Inode' | Should -Not -MatchExactly 'inode' } }
        @{ Case = 'Contain_Item'; Assertion = { 1, 2, 3 | Should -Contain 2 } }
        @{ Case = 'NotContain_EmptyPipeline'; Assertion = { @() | Should -Not -Contain 2 } }
        @{ Case = 'HaveCount_Several'; Assertion = { 1, 2, 3 | Should -HaveCount 3 } }
        @{ Case = 'HaveCount_EmptyPipelineIsZero'; Assertion = { @() | Should -HaveCount 0 } }
        @{ Case = 'Exist_Folder'; Assertion = { '/' | Should -Exist } }
        @{ Case = 'NotExist_Missing'; Assertion = { 'TestDrive:/missing' | Should -Not -Exist } }
        @{ Case = 'Throw_Anything'; Assertion = { { throw 'no' } | Should -Throw } }
        @{ Case = 'Throw_MessageWildcard'; Assertion = { { throw 'disk is full' } | Should -Throw 'disk*' } }
        @{ Case = 'Throw_ErrorId'; Assertion = { { throw 'abc' } | Should -Throw -ErrorId 'abc' } }
        @{ Case = 'Throw_ErrorIdWildcard'; Assertion = { { Get-Item /missing -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*' } }
        @{ Case = 'Throw_ExceptionBaseType'; Assertion = { { throw [System.IO.FileNotFoundException]'x' } | Should -Throw -ExceptionType ([System.IO.IOException]) } }
        @{ Case = 'NotThrow_NonTerminatingError'; Assertion = { { Write-Error 'shown' -ErrorAction SilentlyContinue } | Should -Not -Throw } }
    )

    $fails = @(
        @{ Case = 'Be_AnotherNumber'; Message = 'Expected 2, but got 1.'; Assertion = { 1 | Should -Be 2 } }
        @{ Case = 'Be_WithBecause'; Message = 'Expected 2, because two is more, but got 1.'; Assertion = { 1 | Should -Be 2 -Because 'two is more' } }
        @{ Case = 'Be_BecauseSaidTwice'; Message = 'Expected 2, because of it, but got 1.'; Assertion = { 1 | Should -Be 2 -Because 'because of it' } }
        @{ Case = 'Be_CollectionShowsItems'; Message = "Expected @(1, 'b'), but got @(1, 'a')."; Assertion = { 1, 'a' | Should -Be @(1, 'b') } }
        @{ Case = 'Be_TextShowsIndex'; Message = '*Strings differ at index 2.*'; Assertion = { 'abc' | Should -Be 'abd' } }
        @{ Case = 'NotBe_Equal'; Message = 'Expected 1 to be different*'; Assertion = { 1 | Should -Not -Be 1 } }
        @{ Case = 'BeExactly_AnotherCase'; Message = '*Strings differ at index 0.*'; Assertion = { 'A' | Should -BeExactly 'a' } }
        @{ Case = 'BeTrue_OneOfSeveral'; Message = 'Expected $true, but got*'; Assertion = { $true, 0 | Should -BeTrue } }
        @{ Case = 'BeFalse_Text'; Message = 'Expected $false, but got*'; Assertion = { 'x' | Should -BeFalse } }
        @{ Case = 'BeNullOrEmpty_Item'; Message = 'Expected $null or empty, but got 1.'; Assertion = { 1 | Should -BeNullOrEmpty } }
        @{ Case = 'NotBeNullOrEmpty_Null'; Message = 'Expected a value, but got $null or empty.'; Assertion = { $null | Should -Not -BeNullOrEmpty } }
        @{ Case = 'BeOfType_AnotherType'; Message = '*`[string`]*but got 5 with type `[int`].'; Assertion = { 5 | Should -BeOfType ([string]) } }
        @{ Case = 'BeGreaterThan_Equal'; Message = '*greater than 2, but got 2.'; Assertion = { 2 | Should -BeGreaterThan 2 } }
        @{ Case = 'BeLessOrEqual_Greater'; Message = '*less than or equal to 2, but got 3.'; Assertion = { 3 | Should -BeLessOrEqual 2 } }
        @{ Case = 'BeIn_Missing'; Message = "Expected collection @('a', 'b') to contain 'c'*"; Assertion = { 'c' | Should -BeIn 'a', 'b' } }
        @{ Case = 'BeLike_Other'; Message = "*'web`*'*'db'*"; Assertion = { 'db' | Should -BeLike 'web*' } }
        @{ Case = 'Match_OneOfSeveral'; Message = "*'b'*did not match."; Assertion = { 'a1', 'b' | Should -Match '\d' } }
        @{ Case = 'Contain_Missing'; Message = 'Expected 9 to be found in collection @(1, 2)*'; Assertion = { 1, 2 | Should -Contain 9 } }
        @{ Case = 'HaveCount_AnotherCount'; Message = 'Expected a collection with size 3, but got*'; Assertion = { 1, 2 | Should -HaveCount 3 } }
        @{ Case = 'Exist_Missing'; Message = "*'/missing' to exist*"; Assertion = { '/missing' | Should -Exist } }
        @{ Case = 'Throw_NothingThrown'; Message = '*no exception was thrown*'; Assertion = { { 1 } | Should -Throw } }
        @{ Case = 'Throw_AnotherMessage'; Message = "*the message was 'empty'*"; Assertion = { { throw 'empty' } | Should -Throw 'full*' } }
        @{ Case = 'Throw_AnotherId'; Message = "*the FullyQualifiedErrorId was 'abc'*"; Assertion = { { throw 'abc' } | Should -Throw -ErrorId 'def' } }
        @{ Case = 'Throw_AnotherType'; Message = '*the exception type was*RuntimeException*'; Assertion = { { throw 'x' } | Should -Throw -ExceptionType ([System.IO.IOException]) } }
        @{ Case = 'NotThrow_Thrown'; Message = '*"no"*'; Assertion = { { throw 'no' } | Should -Not -Throw } }
    )
}

Describe 'Should' {
    It '<Case>_Holds' -ForEach $holds {
        $Assertion | Should -Not -Throw
    }

    It '<Case>_FailsAndSaysWhy' -ForEach $fails {
        $Assertion | Should -Throw -ErrorId 'PesterAssertionFailed' -ExpectedMessage $Message
    }

    It 'Throw_PassThru_GivesTheErrorRecord' {
        $thrown = { throw [System.IO.IOException]'disk full' } | Should -Throw -PassThru
        $thrown | Should -BeOfType ([System.Management.Automation.ErrorRecord])
        $thrown.Exception.Message | Should -Be 'disk full'
    }

    It 'Throw_NoScriptBlock_SaysWhatItNeeds' {
        { 5 | Should -Throw } | Should -Throw -ExceptionType ([ArgumentException])
    }

    It 'BeOfType_UnknownType_SaysSo' {
        { 5 | Should -BeOfType 'No.Such.Type' } | Should -Throw -ExceptionType ([ArgumentException])
    }

    It 'Be_Holds_EmitsNothing' {
        $emitted = 1 | Should -Be 1
        $emitted | Should -BeNullOrEmpty
    }
}
