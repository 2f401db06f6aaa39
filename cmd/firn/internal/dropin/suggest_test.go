package dropin

import "testing"

func TestSuggest(t *testing.T) {
	methods := []string{"br", "bzip2", "none", "xz", "zstd"}
	for _, test := range []struct {
		word, want string
		names      []string
	}{
		{"zst", "\n       Did you mean zstd?", methods},
		{"", "\n       Did you mean one of br or xz?", methods},
		{"nonsense", "", methods},
		{"optimize", "\n       Did you mean optimise?", []string{"optimise", "sign"}},
		{"abc", "\n       Did you mean one of ab, abd or acc?", []string{"acc", "abd", "ab", "xyz"}},
	} {
		if got := Suggest(test.word, test.names); got != test.want {
			t.Errorf("Suggest(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}
