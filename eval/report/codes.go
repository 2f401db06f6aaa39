package report

// This file defines the codes of errors: the one table of what they are called,
// what they mean, and programs that have them.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// A Code is a kind of error for people and tools. Its name does not change.
type Code struct {
	Name   string
	Title  string // what it says, in a few words
	Text   string // what it means
	Repair string // what to do about it
	// Example is a program that has this error. Its files, if it needs any, are
	// beside it. "" if no program alone can have it.
	Example string
	Files   map[string]string
	Args    []string // of firn eval, for the example
	// Kinds are the kinds of errors of the evaluator that can have this code.
	Kinds []core.ErrorKind

	look   look // what the position of the error is about
	atCall bool // the call is wrong rather than the function
}

var codes = func() map[string]*Code {
	out := map[string]*Code{}
	for i := range table {
		out[table[i].Name] = &table[i]
	}
	return out
}()

// Codes returns all codes, sorted by name.
func Codes() []*Code {
	var out []*Code
	for _, c := range codes {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *Code) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Lookup returns the code of that name; or names that are near, and nil.
func Lookup(name string) (*Code, []string) {
	name = strings.ToLower(strings.TrimSpace(name))
	if c := codes[name]; c != nil {
		return c, nil
	}
	var names, near []string
	for _, c := range Codes() {
		names = append(names, c.Name)
		word, _, _ := strings.Cut(c.Name, "-")
		if len(name) > 2 && (strings.Contains(c.Name, name) || len(lang.Near(name, []string{word})) > 0) {
			near = append(near, c.Name)
		}
	}
	if list := lang.Near(name, names); len(list) > 0 {
		return nil, list
	}
	return nil, near
}

// ordinary are the kinds of errors that builtins and operators have: which it is says
// little.
var ordinary = []core.ErrorKind{core.ErrEval, core.ErrType, core.ErrHost}

var table = []Code{
	{
		Name: "syntax", Title: "the text is no Nix expression",
		Kinds: []core.ErrorKind{core.ErrParse},
		Text: `The parser met something that cannot stand where it stands. The place is where it noticed: what is missing is often
at the end of the line before, such as a semicolon behind an attribute.`,
		Repair:  `Look at what is in front of the place. Every attribute ends with a semicolon; elements of lists have nothing between them.`,
		Example: "{\n  a = 1\n  b = 2;\n}",
	},
	{
		Name: "undefined-variable", Title: "a name means nothing here",
		Kinds: []core.ErrorKind{core.ErrUndefined}, look: lookVar,
		Text: `A variable is used that no let, function argument, rec set or with around it defines. That is found before anything is
evaluated, unless there is a with around it. The attributes of a set are no variables inside of the set: only those of
rec { … } are.`,
		Repair:  `Check how it is written; add it to the arguments of the function, or write where it is from, as in lib.mkIf.`,
		Example: "let\n  colour = \"red\";\nin\n  color",
	},
	{
		Name: "duplicate-attribute", Title: "an attribute is defined twice",
		Kinds:   append([]core.ErrorKind{core.ErrParse}, ordinary...),
		Text:    `A set defines an attribute once. Several lines about parts of it are merged: a.b = 1; a.c = 2; is one attribute a.`,
		Repair:  `Remove one of them, or put both into one set.`,
		Example: "{\n  port = 80;\n  port = 8080;\n}",
	},
	{
		Name: "missing-attribute", Title: "a set has no such attribute",
		Kinds: ordinary, look: lookSelect,
		Text: `An attribute is selected from a set that does not have it. The set was evaluated, the name is not in it: it is written
differently, is in another set, or is there under some condition only.`,
		Repair:  `Check the name against those that there are. If it may be missing, give a default: x.name or default; or ask x ? name.`,
		Example: "let\n  server = { port = 80; };\nin\n  server.prot",
	},
	{
		Name: "wrong-type", Title: "a value is of another type than needed",
		Kinds: ordinary, look: lookCall,
		Text: `An operator or builtin got a value that it can do nothing with, such as a string where it needs an integer. Nix converts
nothing by itself but paths and derivations in strings.`,
		Repair:  `Look where the value is from. toString makes a string of a number, lib.toInt (or builtins.fromJSON) a number of a string.`,
		Example: "builtins.elemAt [ \"a\" \"b\" ] \"1\"",
	},
	{
		Name: "not-a-function", Title: "something is called that is no function",
		Kinds: ordinary, look: lookCallee,
		Text: `In Nix a function is called by writing the argument behind it. Two expressions beside each other are such a call, wherever
they are not elements of a list.`,
		Repair:  `Put a semicolon or an operator between the two; in a list, put parentheses around a call: [ (f x) ].`,
		Example: "let\n  name = \"world\";\nin\n  \"hello \" name",
	},
	{
		Name: "missing-argument", Title: "a function is called without an argument that it needs",
		Kinds: append([]core.ErrorKind{core.ErrMissingArgument}, ordinary...), atCall: true,
		Text:    `A function that takes a set, { a, b }:, needs each of its arguments that has no default.`,
		Repair:  `Add the argument to the call, or give it a default in the function: { a, b ? null }:.`,
		Example: "let\n  greet = { name, greeting }: \"${greeting} ${name}\";\nin\n  greet { name = \"Alice\"; }",
	},
	{
		Name: "unexpected-argument", Title: "a function is called with an argument that it does not know",
		Kinds: ordinary, atCall: true,
		Text: `A function that takes a set, { a, b }:, takes no other attributes than those that it names, unless it ends in an
ellipsis: { a, b, ... }:.`,
		Repair:  `Check the name, or add ... to the function if it is to ignore what it does not know.`,
		Example: "let\n  greet = { name }: \"hello ${name}\";\nin\n  greet { name = \"Alice\"; nam = \"Bob\"; }",
	},
	{
		Name: "cannot-coerce", Title: "a value cannot become a string",
		Kinds: ordinary, look: lookCall,
		Text: `A string was needed, in ${…}, + or a builtin, and the value has none: strings, paths and sets with outPath or __toString
(derivations, for example) become strings by themselves, other values do not.`,
		Repair:  `Use toString for a number, concatStringsSep for a list; of a set, select the attribute that is meant.`,
		Example: "let\n  port = 80;\nin\n  \"http://localhost:${port}/\"",
	},
	{
		Name: "cannot-compare", Title: "two values have no order",
		Kinds: ordinary, look: lookCall,
		Text:    `Only numbers with numbers, strings with strings, paths with paths, and lists of these can be compared with < and >.`,
		Repair:  `Convert one of them; for versions, which are strings, use builtins.compareVersions.`,
		Example: "80 < \"443\"",
	},
	{
		Name: "assertion-failed", Title: "a condition that has to hold does not",
		Kinds: []core.ErrorKind{core.ErrAssertion}, look: lookAssert,
		Text:    `The program asserts something, assert condition; …, and it is false. Who wrote it wanted evaluation to end here.`,
		Repair:  `Look why the condition does not hold, from the values that it is made of.`,
		Example: "let\n  workers = 0;\nin\n  assert workers > 0; workers",
	},
	{
		Name: "thrown", Title: "the program says that something is wrong",
		Kinds:   []core.ErrorKind{core.ErrThrow},
		Text:    `The program called throw, with this message: it means what it says. builtins.tryEval catches it.`,
		Repair:  `Read the message; the trace says what led there.`,
		Example: "throw \"no such machine\"",
	},
	{
		Name: "aborted", Title: "the program ends evaluation",
		Kinds:   []core.ErrorKind{core.ErrAbort},
		Text:    `The program called abort, with this message. Unlike throw, nothing catches it.`,
		Repair:  `Read the message; the trace says what led there.`,
		Example: "abort \"this should never happen\"",
	},
	{
		Name: "infinite-recursion", Title: "a value needs itself",
		Kinds: []core.ErrorKind{core.ErrInfiniteRecursion},
		Text: `To evaluate a value, its own value is needed, directly or by way of others. The cycle shows each value on the way, in this
order. In modules of NixOS and Home Manager that happens if imports, or which options are defined at all, depends on config.`,
		Repair: `Break the cycle at one of its values. In modules, use lib.mkIf in place of if, and do not use config in imports; in an
overlay, use prev (super) in place of final (self) for what is overridden.`,
		Example: "let\n  width = height * 2;\n  height = width / 2;\nin\n  width",
	},
	{
		Name: "stack-overflow", Title: "calls or values are nested too deeply",
		Kinds: []core.ErrorKind{core.ErrStackOverflow},
		Text: `A function calls itself again and again without an end, or a list is worked through by so many calls within each other
that there is no room for more. The trace shows the calls that repeat.`,
		Repair: `Look whether the recursion can end: is there a case without a call, and does every call get nearer to it? For long lists
use builtins.foldl', map or genList rather than recursion. --max-call-depth allows more.`,
		Example: "let\n  count = n: 1 + count (n + 1);\nin\n  count 0",
	},
	{
		Name: "division-by-zero", Title: "division by zero",
		Kinds: ordinary, look: lookCall,
		Text:    `The divisor is zero. That is an error for floating-point numbers, too.`,
		Repair:  `Check the divisor before: if n == 0 then … else x / n.`,
		Example: "let\n  machines = [ ];\nin\n  100 / builtins.length machines",
	},
	{
		Name: "integer-overflow", Title: "a number is out of range",
		Kinds: append([]core.ErrorKind{core.ErrParse}, ordinary...), look: lookCall,
		Text:    `Integers have 64 bits: from -9223372036854775808 to 9223372036854775807. A result beyond that is an error.`,
		Repair:  `Use floating-point numbers: 1.0e20.`,
		Example: "9223372036854775807 + 1",
	},
	{
		Name: "out-of-range", Title: "a list or string has no such element",
		Kinds: ordinary, look: lookCall,
		Text:    `A builtin was asked for an element that is not there: the list is shorter, or empty.`,
		Repair:  `Indices count from 0. Check builtins.length before.`,
		Example: "builtins.elemAt [ \"a\" \"b\" ] 2",
	},
	{
		Name: "missing-file", Title: "a file is not there",
		Kinds: ordinary, look: lookCall,
		Text: `A path leads nowhere. Relative paths start at the folder of the file that they are written in, not at the current one;
importing a folder means its default.nix.`,
		Repair:  `Check how the path is written, and from where it starts.`,
		Example: "import ./machines.nix", Files: map[string]string{"machine.nix": "{ }"},
	},
	{
		Name: "untracked-file", Title: "a file is there, but Git does not know it",
		Kinds: []core.ErrorKind{core.ErrHost}, look: lookCall,
		Text: `Of a tree that is under Git, only the files that Git knows were copied to the store. A file that was never added is not in
the copy, although it is in the folder.`,
		Repair: `git add --intent-to-add FILE (or git add -N) makes it known; it need not be committed.`,
	},
	{
		Name: "search-path", Title: "a name in angle brackets is not in the search path",
		Kinds: []core.ErrorKind{core.ErrThrow}, look: lookCall,
		Text:    `<nixpkgs> is looked up in the search path: what -I says, then the environment variable NIX_PATH. Nothing there has this name.`,
		Repair:  `-I nixpkgs=/path/to/nixpkgs, or NIX_PATH=nixpkgs=/path/to/nixpkgs; better, import a path that is fixed.`,
		Example: "import <machines>",
	},
	{
		Name: "pure-evaluation", Title: "pure evaluation does not allow it",
		Kinds: append([]core.ErrorKind{core.ErrThrow}, ordinary...), look: lookCall,
		Text: `In pure evaluation the result depends on nothing but the program: no files outside of the store, no search path, no
environment, no clock, and no download without its hash.`,
		Repair:  `Take what is needed as an argument or from the same tree; or evaluate without --pure (in Nix: with --impure).`,
		Example: "import <nixpkgs>", Args: []string{"--pure"},
	},
	{
		Name: "restricted", Title: "restricted evaluation does not allow it",
		Kinds: ordinary, look: lookCall,
		Text:    `In restricted evaluation only files below the search path, and URLs of allowed-uris, may be looked at.`,
		Repair:  `Add the folder with -I, or the URL to allowed-uris.`,
		Example: "builtins.readFile /etc/passwd", Args: []string{"--option=restrict-eval=true"},
	},
	{
		Name: "file", Title: "a file or something else outside cannot be used",
		Kinds: ordinary, look: lookCall,
		Text:    `The machine did not do what the program needs: a file cannot be read, a folder was expected, a download failed.`,
		Repair:  `The message says what went wrong.`,
		Example: "builtins.readFile ./.", Files: map[string]string{"a": ""},
	},
	{
		Name: "invalid-json", Title: "a text is no JSON",
		Kinds: ordinary, look: lookCall,
		Text:    `builtins.fromJSON got a text that does not follow the rules of JSON; the message says at which line and column of that text.`,
		Repair:  `Names need double quotes; there is no comma behind the last element and there are no comments.`,
		Example: "builtins.fromJSON \"{ \\\"port\\\": 80, }\"",
	},
	{
		Name: "invalid-toml", Title: "a text is no TOML",
		Kinds: ordinary, look: lookCall,
		Text:    `builtins.fromTOML got a text that does not follow the rules of TOML; the message shows where in that text.`,
		Repair:  `Strings need quotes in TOML.`,
		Example: "builtins.fromTOML \"name = alice\"",
	},
	{
		Name: "invalid-regex", Title: "a regular expression is not valid",
		Kinds: ordinary, look: lookCall,
		Text:    `builtins.match and split take extended POSIX regular expressions: no \d, no lazy quantifiers. A backslash is doubled in a string.`,
		Repair:  `Write [0-9] for a digit; put a backslash in front of characters that mean something: "\\(".`,
		Example: "builtins.match \"(\" \"text\"",
	},
	{
		Name: "hash-mismatch", Title: "what was fetched is not what was expected",
		Kinds: ordinary, look: lookCall,
		Text:    `The program says which hash a file or tree has, and it has another one: it changed, or the hash is one of something else.`,
		Repair:  `If the content is what you want, put the hash that the message shows into the program.`,
		Example: "builtins.path {\n  path = ./data;\n  sha256 = \"0000000000000000000000000000000000000000000000000000\";\n}",
		Files:   map[string]string{"data": "text\n"},
	},
	{
		Name: "relative-path", Title: "a string with a path does not start with a slash",
		Kinds: ordinary, look: lookCall,
		Text: `Strings do not know in which file they are written, so that a path in a string has to start with a slash. A path
literal, without quotes, knows.`,
		Repair:  `Write ./file in place of "file"; with a name that is computed, ./. + "/${name}" or ./${name}.`,
		Example: "builtins.readFile \"machines.txt\"",
	},
	{
		Name: "invalid-hash", Title: "a text is no hash",
		Kinds: ordinary, look: lookCall,
		Text: `A hash is written in base 16, 32 or 64, with its algorithm in front (sha256:…, or sha256-… for base 64) or beside it, and has
the length that belongs to the algorithm.`,
		Repair:  `Copy the hash again, whole; nix hash convert and builtins.convertHash change its form.`,
		Example: "builtins.convertHash {\n  hash = \"sha256-abc\";\n  toHashFormat = \"base16\";\n}",
	},
	{
		Name: "invalid-derivation", Title: "a derivation lacks something, or has what it must not have",
		Kinds: ordinary, look: lookCall,
		Text: `A derivation needs name, system and builder. Names have letters, digits and +-._?= only; outputs and their hashes follow
rules of their own.`,
		Repair:  `The message names the attribute.`,
		Example: "(derivation {\n  name = \"hello\";\n  system = \"x86_64-linux\";\n}).drvPath",
	},
	{
		Name: "invalid-argument", Title: "a builtin is called with a value that it does not take",
		Kinds: ordinary, look: lookCall,
		Text:    `The type of the argument is right, but not what is in it: an attribute is missing or unknown, lengths differ, a name is not allowed.`,
		Repair:  `The message says which; firn doc NAME tells what the builtin takes.`,
		Example: "builtins.replaceStrings [ \"a\" \"b\" ] [ \"c\" ] \"text\"",
	},
	{
		Name: "output-form", Title: "the value cannot be written in this form",
		Kinds: ordinary,
		Text: `Forms of output differ in what they have: JSON has no functions, TOML has no null and is a set, an environment variable is a
string.`,
		Repair:  `Choose another form with --to, or change the value with --apply.`,
		Example: "{\n  port = null;\n}", Args: []string{"--to=toml"},
	},
	{
		Name: "string-context", Title: "a string must not refer to the store here",
		Kinds: ordinary, look: lookCall,
		Text: `Strings know which store paths they were made of, so that builds depend on them. Here that would get lost, or cannot be:
in names of attributes, hashes, and files.`,
		Repair:  `builtins.unsafeDiscardStringContext forgets it, if that is meant.`,
		Example: "{ ${builtins.toFile \"name\" \"\"} = 1; }",
	},
	{
		Name: "experimental", Title: "an experimental feature is not enabled",
		Kinds: append([]core.ErrorKind{core.ErrParse}, ordinary...), look: lookCall,
		Text:    `The program uses something that Nix regards as an experiment: it may change, and has to be enabled.`,
		Repair:  `--extra-experimental-features NAME.`,
		Example: "[ 3 1 2 ] |> builtins.length",
	},
	{
		Name: "unknown-option", Title: "no module declares this option",
		Kinds: []core.ErrorKind{core.ErrThrow},
		Text: `A module gives a value to an option that none of the modules declares: its name is written differently, it belongs to a
module that is not imported, or to another version of the package set.`,
		Repair:  `Check the name in the list of options; import the module that declares it.`,
		Example: moduleExample("throw \"The option `services.openssh.enabel' does not exist. Definition values:\\n- In `machine.nix': true\""),
	},
	{
		Name: "option-type", Title: "an option's value is of the wrong type",
		Kinds:   []core.ErrorKind{core.ErrThrow},
		Text:    `Options have types, and the value that a module gives is of another one.`,
		Repair:  `Change the value to what the option takes: true and not "true", 80 and not "80", a list with brackets.`,
		Example: moduleExample("throw \"A definition for option `networking.port' is not of type `signed integer'. Definition values:\\n- In `machine.nix': \\\"80\\\"\""),
	},
	{
		Name: "option-conflict", Title: "modules give an option different values",
		Kinds: []core.ErrorKind{core.ErrThrow},
		Text: `Several modules give a value to an option that takes only one. Those of lists and sets are merged; others have to agree, or
one has to have priority.`,
		Repair:  `Remove one; or lib.mkForce value for the one that is to win; or lib.mkDefault value for the one that is to give way.`,
		Example: moduleExample("throw \"The option `networking.hostName' has conflicting definition values:\\n- In `a.nix': \\\"alice\\\"\\n- In `b.nix': \\\"bob\\\"\""),
	},
	{
		Name: "option-not-set", Title: "an option is used that has no value",
		Kinds:   []core.ErrorKind{core.ErrThrow},
		Text:    `Something needs the value of an option that has no default, and no module gives it one.`,
		Repair:  `Set the option. The trace says what needs it: perhaps that is to be turned off.`,
		Example: moduleExample("throw \"The option `users.users.bob.group' is used but not defined.\""),
	},
	{
		Name: "option-read-only", Title: "an option must not be set again",
		Kinds:   []core.ErrorKind{core.ErrThrow},
		Text:    `The option tells something, and is set by the module that declares it. No other one may.`,
		Repair:  `Remove the definition.`,
		Example: moduleExample("throw \"The option `system.build.id' is read-only, but it's set multiple times.\""),
	},
	{
		Name: "module-shape", Title: "a module is not built as one",
		Kinds: []core.ErrorKind{core.ErrThrow, core.ErrType},
		Text: `A module is a set, or a function that returns one. If it has options or config at its top, everything it defines has to be
in config; otherwise everything at the top is a definition.`,
		Repair:  `Move the definitions into config = { … }.`,
		Example: moduleExample("throw \"Module `machine.nix' has an unsupported attribute `services'. This is caused by introducing a top-level `config' or `options' attribute.\""),
	},
	{
		Name: "module-argument", Title: "a module takes an argument that there is not",
		Kinds: ordinary,
		Text: `A module is a function of config, lib, pkgs and some more. What else it takes has to be passed to all modules, with
specialArgs or _module.args.`,
		Repair: `Pass it: specialArgs = { inherit inputs; }; for nixosSystem, extraSpecialArgs for Home Manager. What imports depends on
must be in specialArgs.`,
		Example: moduleExample("let args = { }; in builtins.addErrorContext \"while evaluating the module argument `inputs' in `machine.nix':\" args.inputs"),
	},
	{
		Name: "failed-assertions", Title: "the configuration contradicts itself",
		Kinds:   []core.ErrorKind{core.ErrThrow, core.ErrAbort},
		Text:    `Modules check whether the options fit together, and some check failed. Each message says which, and mostly what to do.`,
		Repair:  `Change the options that the messages name.`,
		Example: moduleExample("throw \"\\nFailed assertions:\\n- You must set the option boot.loader.grub.device.\""),
	},
	{
		Name: "limit", Title: "the evaluation met a limit",
		Kinds:   []core.ErrorKind{core.ErrLimit},
		Text:    `Evaluations may be bounded in steps, memory and time. This one needs more, or does not end.`,
		Repair:  `Allow more if that is to be expected; otherwise look for what does not end, with the trace.`,
		Example: "let f = n: [ n ] ++ f (n + 1); in builtins.foldl' (a: b: a + b) \"\" (builtins.genList (x: \"0123456789\") 900000000000)",
	},
	{
		Name: "interrupted", Title: "the evaluation was interrupted",
		Kinds:  []core.ErrorKind{core.ErrInterrupted},
		Text:   `Somebody stopped it: with Ctrl-C, or the program that embeds the evaluator.`,
		Repair: `Nothing has to be repaired. The trace says what was being evaluated.`,
	},
	{
		Name: "error", Title: "something else is wrong",
		Kinds: []core.ErrorKind{core.ErrEval, core.ErrType, core.ErrParse, core.ErrHost}, look: lookCall,
		Text:    `An error without a code of its own: the message says what it is.`,
		Repair:  `The message and the trace say what to look at.`,
		Example: "builtins.genList (n: n) (0 - 1)",
	},
}

// moduleExample returns a program that fails as a module system does: the
// examples do not need one.
func moduleExample(text string) string {
	return "# " + "what a module system does, in short:\n" + text
}
