package flakeref_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

var update = flag.Bool("update", false, "record what the reference answers; needs FIRN_ORACLE, the command of its nix-instantiate")

const recorded = "testdata/refs.txt"

// A refCase is a reference and what parseFlakeRef of Nix 2.34.8 makes of it.
type refCase struct {
	text   string
	answer string // attributes as JSON, or "error: " and the message
}

func readCases(t testing.TB) (head string, cases []refCase) {
	data, err := os.ReadFile(recorded)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch answer, ok := strings.CutPrefix(line, "  "); {
		case ok:
			cases[len(cases)-1].answer = answer
		case strings.HasPrefix(line, "//"):
			head += line + "\n"
		default:
			text, err := strconv.Unquote(line)
			require.NoError(t, err, line)
			cases = append(cases, refCase{text: text})
		}
	}
	return head, cases
}

// attrsJSON returns attributes as builtins.toJSON has them.
func attrsJSON(t testing.TB, attrs flakeref.Attrs) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	require.NoError(t, enc.Encode(map[string]any(attrs)))
	return strings.TrimSpace(out.String())
}

func TestParse(t *testing.T) {
	head, cases := readCases(t)
	if *update {
		record(t, head, cases)
		_, cases = readCases(t)
	}
	require.Greater(t, len(cases), 50)
	p := &flakeref.Parser{}
	for _, tt := range cases {
		ref, err := p.Parse(tt.text)
		if err != nil {
			assert.Equal(t, tt.answer, "error: "+err.Error(), tt.text)
			continue
		}
		assert.Equal(t, tt.answer, attrsJSON(t, ref.All()), tt.text)
	}
}

// TestRoundTrip writes each reference as a URL and reads that again.
func TestRoundTrip(t *testing.T) {
	_, cases := readCases(t)
	p := &flakeref.Parser{}
	n := 0
	for _, tt := range cases {
		ref, err := p.Parse(tt.text)
		if err != nil {
			continue
		}
		checkWritten(t, p, ref)
		of, err := p.FromAttrs(maps.Clone(ref.All()), true)
		require.NoError(t, err, tt.text)
		assert.Equal(t, ref.All(), of.All(), tt.text)
		n++
	}
	assert.Greater(t, n, 30)
}

// checkWritten writes a reference as a URL, reads that, and checks that nothing is added or
// changed but the type: attributes that are false, some of archives, and the difference
// between a file and an archive are lost, as in Nix 2.34.8. So is all of a reference whose
// text cannot be read, such as one with a hash that is none.
func checkWritten(t *testing.T, p *flakeref.Parser, ref *flakeref.Ref) {
	text, err := ref.Text(p)
	if err != nil {
		require.NotEmpty(t, err.Error())
		return
	}
	again, err := p.Parse(text)
	if err != nil {
		require.NotEmpty(t, err.Error())
		return
	}
	for name, value := range again.All() {
		if name != "type" {
			require.Equal(t, ref.All()[name], value, "%s of %s", name, text)
		}
	}
}

func TestFeatures(t *testing.T) {
	p := &flakeref.Parser{Require: func(feature string) error { return fmt.Errorf("no %s here", feature) }}
	_, err := p.Parse("github:a/b")
	require.EqualError(t, err, "no flakes here")
	p.Require = func(feature string) error {
		if feature == "flakes" {
			return nil
		}
		return fmt.Errorf("no %s here", feature)
	}
	_, err = p.Parse("git+https://h/r?verifyCommit=1&publicKey=k")
	require.EqualError(t, err, "no verified-fetches here")
	_, err = p.Parse("github:a/b")
	require.NoError(t, err)
}

// record asks the reference for all cases.
func record(t *testing.T, head string, cases []refCase) {
	oracle := os.Getenv("FIRN_ORACLE")
	if oracle == "" {
		t.Skip("needs FIRN_ORACLE, the command of the reference's nix-instantiate")
	}
	var out strings.Builder
	out.WriteString(head)
	for _, c := range cases {
		args := append(strings.Fields(oracle), "--extra-experimental-features", "flakes verified-fetches", "--eval", "--json", "--strict", "-E", "builtins.parseFlakeRef "+nixString(c.text))
		cmd := exec.Command(args[0], args[1:]...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		cmd.Env = append(os.Environ(), "NIX_REMOTE=dummy://")
		stdout, err := cmd.Output()
		answer := strings.TrimSpace(string(stdout))
		if err != nil {
			message := regexp.MustCompile(`(?s).*error: `).ReplaceAllString(stderr.String(), "error: ")
			answer = strings.TrimSpace(message)
			require.NotContains(t, answer, "\n", c.text)
		}
		fmt.Fprintf(&out, "%q\n  %s\n", c.text, answer)
	}
	require.NoError(t, os.WriteFile(recorded, []byte(out.String()), 0o666))
}

func nixString(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `${`, `\${`, "\n", `\n`).Replace(s) + `"`
}

// FuzzParse checks that no text causes a panic, here or where the reference is written, and
// that the attributes of a reference are those of one.
func FuzzParse(f *testing.F) {
	_, cases := readCases(f)
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := &flakeref.Parser{}
		ref, err := p.Parse(text)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		_, _ = ref.Text(p) // some cannot be written
		if of, err := p.FromAttrs(maps.Clone(ref.All()), true); err == nil {
			require.Equal(t, ref.Type(), of.Type())
		}
	})
}
