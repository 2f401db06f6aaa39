package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/cmd/firn/internal/instantiate"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/corpus/gen"
	"github.com/firn-lang/firn/eval/world"
)

// TestCoresCorpus compares what several workers print for the cases of the corpus, messages and
// traces included, with what one does.
func TestCoresCorpus(t *testing.T) {
	for _, set := range []string{"lang", "builtins"} {
		dir, at := filepath.Join("..", "..", "corpus", set), "/pwd/"+set
		corpus.Run(t, dir, "eval-", func(t *testing.T, c corpus.Case) {
			with := func(cores string) [3]any {
				c := c
				c.Flags = append([]string{"--eval-cores", cores}, c.Flags...)
				out, errs, status := evalCase(t, c, at)
				return [3]any{out, errs, status}
			}
			require.Equal(t, with("1"), with("5"))
		})
	}
}

// TestCoresRandom does the same with random programs. FIRN_CORES_N is how many, 300 by default.
func TestCoresRandom(t *testing.T) {
	n := 300
	if text := os.Getenv("FIRN_CORES_N"); text != "" {
		var err error
		n, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	for name, value := range map[string]string{"NIX_PATH": "", "NIX_CONFIG": "", "NIX_CONF_DIR": "/nonexistent", "NIX_USER_CONF_FILES": "", "NIX_STATE_DIR": "/nonexistent"} {
		t.Setenv(name, value)
	}
	seed, values := rand.Uint64(), 0
	t.Logf("seed %d", seed)
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		var program strings.Builder
		fmt.Fprintf(&program, "builtins.deepSeq %s [", gen.ValuePrelude)
		for range 4 { // that can be evaluated side by side
			fmt.Fprintf(&program, "\n(%s)", gen.ValueProgram(r, gen.ValueOptions{Size: 30 + 60*(i%4), Fail: 0.0005}))
		}
		program.WriteString("\n]")
		with := func(cores string) [3]any {
			var out, errs bytes.Buffer
			status := instantiate.Main([]string{"--eval", "--strict", "--show-trace", "--eval-cores", cores, "-E", program.String()}, &setup.Streams{
				In: strings.NewReader(""), Out: &out, Err: &errs, Host: world.OS(), Dir: "/", Home: "/", LookupEnv: os.LookupEnv,
			})
			return [3]any{out.String(), errs.String(), status}
		}
		want := with("1")
		require.Equal(t, want, with("4"), "%s", program.String())
		if want[2] == 0 {
			values++
		}
	}
	require.Greater(t, values, n/50, "programs that have a value")
}
