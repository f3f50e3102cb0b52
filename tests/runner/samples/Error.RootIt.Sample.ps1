It 'stands alone' { }
