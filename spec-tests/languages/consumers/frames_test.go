package tickwire

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// Every example of the contract, read into its struct and written again, is the same; but `omitempty`
// leaves out what is optional and false or 0. `frames` makes a struct by the name of its schema; it is
// written beside this file.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile("examples.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Frame string
		Value json.RawMessage
	}
	if err := json.Unmarshal(text, &examples); err != nil || len(examples) == 0 {
		t.Fatal("no examples: ", err)
	}
	for _, example := range examples {
		frame := frames[example.Frame]()
		if err := json.Unmarshal(example.Value, frame); err != nil {
			t.Errorf("%s: %v", example.Frame, err)
			continue
		}
		written, err := json.Marshal(frame)
		if err != nil {
			t.Errorf("%s: %v", example.Frame, err)
			continue
		}
		if !same(plain(t, written), plain(t, example.Value)) {
			t.Errorf("%s: %s became %s", example.Frame, example.Value, written)
		}
	}
	if omitted == 0 {
		t.Error("an optional false is no longer left out: say so in docs/languages.md")
	}
}

var omitted = 0

func same(written, read any) bool {
	object, ok := read.(map[string]any)
	if !ok {
		return reflect.DeepEqual(written, read)
	}
	result, ok := written.(map[string]any)
	if !ok {
		return false
	}
	for key, value := range object {
		if _, there := result[key]; !there && reflect.ValueOf(value).IsZero() {
			omitted++
		} else if !there || !same(result[key], value) {
			return false
		}
	}
	return len(result) <= len(object)
}

func plain(t *testing.T, text []byte) (value any) {
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
