package web

import (
	"strings"
	"testing"
)

// FuzzNetRC reads anything as a netrc file, and as a Link header.
func FuzzNetRC(f *testing.F) {
	f.Add("machine h login u password p\nmacdef m\nx\n\ndefault login\nd")
	f.Add(`<https://h/x?rev=1>; rel="immutable", <y>;rel=next`)
	f.Fuzz(func(t *testing.T, text string) {
		for host := range parseNetRC(text) {
			if strings.ContainsAny(host, " \n") {
				t.Errorf("host %q", host)
			}
		}
		if to := immutable([]string{text}); strings.ContainsAny(to, ">") {
			t.Errorf("link %q", to)
		}
	})
}
