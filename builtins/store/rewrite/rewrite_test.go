package rewrite

import (
	"bytes"
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

const (
	a = "/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-one"
	b = "/nix/store/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-one"
	c = "/nix/store/cccccccccccccccccccccccccccccccc-a-longer-name"
	d = "/nix/store/dddddddddddddddddddddddddddddddd-a-longer-name"
)

// write writes text to v piece by piece, and returns what came out.
func write(t *testing.T, v *Writer, out *bytes.Buffer, text string, size int) string {
	t.Helper()
	out.Reset()
	for len(text) > 0 {
		n := min(size, len(text))
		if _, err := v.Write([]byte(text[:n])); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	if err := v.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPaths(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"x", "x"},
		{a, b},
		{a + "/bin " + c + "\x00" + a, b + "/bin " + d + "\x00" + b},
		{a + a + c + a, b + b + d + b},
		{"/nix/store/" + a, "/nix/store/" + b},
		{"/nix/store//nix/store/", "/nix/store//nix/store/"},
		{a[:len(a)-1], a[:len(a)-1]},
		{c[:len(c)-1] + "x", c[:len(c)-1] + "x"},
		{a[len("/nix/store/"):], a[len("/nix/store/"):]}, // only whole paths are replaced
		{strings.Repeat(".", 100) + a[:20] + a, strings.Repeat(".", 100) + a[:20] + b},
	} {
		for size := 1; size < 80; size++ {
			var out bytes.Buffer
			if got := write(t, NewPaths(&out, "/nix/store", map[string]string{a: b, c: d}), &out, test.in, size); got != test.want {
				t.Fatalf("%q in pieces of %d bytes becomes %q, want %q", test.in, size, got, test.want)
			}
		}
	}
}

func TestHash(t *testing.T) {
	own, other := strings.Repeat("a", 32), strings.Repeat("b", 32)
	for size := 1; size < 70; size++ {
		var out bytes.Buffer
		if got := write(t, NewHash(&out, own, other), &out, "x"+own+own[:31]+"y"+own, size); got != "x"+other+own[:31]+"y"+other {
			t.Fatalf("in pieces of %d bytes: %q", size, got)
		}
	}
}

// The hash does not depend on the hash part, but on where it stands.
func TestModulo(t *testing.T) {
	sum := func(own, text string) string {
		m := NewModulo(nixhash.SHA256, own)
		if _, err := m.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		h, err := m.Result()
		if err != nil {
			t.Fatal(err)
		}
		return h.String()
	}
	own, other := strings.Repeat("a", 32), strings.Repeat("b", 32)
	if x, y := sum(own, "1"+own+"2"), sum(other, "1"+other+"2"); x != y {
		t.Errorf("%s and %s differ", x, y)
	}
	zeros := string(make([]byte, 32))
	want := nixhash.Sum(nixhash.SHA256, []byte("1"+zeros+"2"))
	if got := sum(own, "1"+own+"2"); got != want.String() {
		t.Errorf("got %s, want %s", got, want)
	}
	if x, y := sum(own, "1"+own+"2"), sum(own, "1"+zeros+"2"); x != y { // since Nix 2.17, until 2.34
		t.Errorf("%s and %s differ", x, y)
	}
	plain := nixhash.Sum(nixhash.SHA256, []byte("12"))
	if got := sum(own, "12"); got != plain.String() {
		t.Errorf("without the hash part: got %s, want %s", got, plain)
	}
}
