package devenv

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

const sample = `{"bashFunctions": {"fun": " \n    echo it's\n"}, "variables": {
	"HOME": {"type": "exported", "value": "/homeless-shelter"}, "PATH": {"type": "exported", "value": "/b"},
	"list": {"type": "array", "value": ["a", "b c"]}, "map": {"type": "associative", "value": {"k": "v"}},
	"none": {"type": "unknown"}, "out": {"type": "exported", "value": "/s/o"}, "outputs": {"type": "exported", "value": "out"}}}`

func TestEnvironment(t *testing.T) {
	env, err := Parse([]byte(sample))
	require.NoError(t, err)
	text, err := env.JSON()
	require.NoError(t, err)
	again, err := Parse(text)
	require.NoError(t, err)
	assert.Equal(t, env, again)
	assert.NotContains(t, string(text), "none")

	script, err := env.Script("/there/outputs", "", map[string]string{"/b": "/elsewhere"})
	require.NoError(t, err)
	assert.Contains(t, script, "declare -a list=('a' 'b c' )\ndeclare -A map=(['k']='v' )\nout='/there/outputs/out'\nexport out\n")
	assert.Contains(t, script, "PATH='/elsewhere'\nexport PATH\n")
	assert.Contains(t, script, "fun ()\n{\n \n    echo it's\n}\n")
	assert.NotContains(t, script, "homeless")

	for text, want := range map[string]string{
		"x": "the environment cannot be read: ",
		`{"variables": {"a": {"type": "array", "value": "x"}}}`: "the variable 'a' of the environment cannot be read: ",
	} {
		_, err = Parse([]byte(text))
		assert.ErrorContains(t, err, want)
	}
	env.Variables["outputs"] = Variable{Kind: Plain, Text: "lost"}
	_, err = env.Script("/", "", nil)
	assert.EqualError(t, err, "the environment has no path of the output 'lost'")
}

func TestDerivation(t *testing.T) {
	const dir = storepath.Dir("/nix/store")
	program := "/nix/store/00000000000000000000000000000000-get-env.sh"
	d := &drv.Derivation{Name: "x", System: "s", Builder: "/bin/bash", Args: []string{"-e"}}
	d.SetOutput(drv.Output{Name: "out", Kind: drv.Deferred})
	d.SetEnv("out", "")
	d.SetEnv("disallowedReferences", "out")
	d.SetEnv("name", "x")
	require.NoError(t, d.FillOutputs(dir, nil))
	old, err := d.Text()
	require.NoError(t, err)

	env, err := Derivation(d, dir, program, nil)
	require.NoError(t, err)
	assert.Equal(t, "x-env", env.Name)
	assert.Equal(t, []string{program}, env.Args)
	assert.Equal(t, []string{program}, env.InputSrcs)
	assert.NotEqual(t, d.Output("out").Path, env.Output("out").Path)
	assert.Equal(t, []drv.EnvVar{{Name: "name", Value: "x-env"}, {Name: "out", Value: env.Output("out").Path}}, env.Env)
	now, err := d.Text()
	require.NoError(t, err)
	assert.Equal(t, old, now, "the derivation itself must not change")

	d.SetEnv(drv.StructuredAttrs, `{"a":1,"outputChecks":{"out":{}}}`)
	env, err = Derivation(d, dir, program, nil)
	require.NoError(t, err)
	text, _ := env.LookupEnv(drv.StructuredAttrs)
	assert.Equal(t, `{"a":1}`, text)

	d.Builder = "/bin/sh"
	_, err = Derivation(d, dir, program, nil)
	assert.ErrorIs(t, err, ErrNotBash)
}

// The variable LINENO is one of the environment, whose output is compared with that of the reference.
func TestProgramLine(t *testing.T) {
	const line = 78
	assert.Contains(t, strings.Split(Program, "\n")[line-1], `__text "${!2}"`)
}

func TestShell(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("apt-get install bash")
	}
	dir := t.TempDir()
	sh := &Shell{Bash: "/the shell/bash", Dir: dir, Path: "/bin:/usr/bin", TZ: "it's", Attrs: "declare x='y'\n", Command: `echo "$x $TZ $SHELL $PATH"`}
	c := exec.Command(bash, "-c", sh.Commands())
	c.Env = []string{"PATH=/usr/bin:/bin"}
	out, err := c.CombinedOutput()
	require.NoError(t, err)
	assert.Equal(t, "y it's /the shell/bash /the shell::/usr/bin:/bin\n", string(out))
	assert.NoDirExists(t, dir)

	sh.Pure, sh.Bash = true, "bash"
	out, err = exec.Command(bash, "-c", sh.Commands()).CombinedOutput()
	require.NoError(t, err)
	assert.Equal(t, "y it's bash \n", string(out), "a shell without a folder adds none to PATH")
}
