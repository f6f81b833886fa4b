//! The thirteen criteria in a row engine (zen): every school with its trace as JSON, one school after another.
//!
//! `peer_zen RUN.json`: a run of merilo on the same data, from which the values and thresholds are taken, so that the engine
//! only has to compare. Prints schools and bytes per second of one thread, after a check that it decides as merilo did.

use std::time::Instant;

use futures::executor::block_on;
use serde_json::{Map, Value, json};
use zen_engine::{DecisionEngine, EvaluationOptions, EvaluationTraceKind};

const NUMBERS: [&str; 13] =
    ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"];

fn main() {
    let path = std::env::args().nth(1).expect("peer_zen RUN.json");
    let run: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let schools = run["schools"].as_array().unwrap();
    let graph = graph(&run);
    let mut decision = DecisionEngine::default().create_decision(serde_json::from_value(graph).unwrap()).unwrap();
    decision.compile();
    let contexts: Vec<Value> = schools.iter().map(context).collect();
    let evaluate = |context: &Value, text: &mut Vec<u8>| {
        let options = EvaluationOptions { trace: true, max_depth: 10 };
        let response = block_on(decision.evaluate_with_opts(context.clone().into(), options)).unwrap();
        let mut writer = serde_json::Serializer::new(text);
        response.serialize_with_mode(&mut writer, EvaluationTraceKind::Default).unwrap();
    };
    for (school, context) in schools.iter().zip(&contexts).take(1000) {
        let mut text = Vec::new();
        evaluate(context, &mut text);
        let decided: Value = serde_json::from_slice(&text).unwrap();
        for (at, number) in NUMBERS.iter().enumerate() {
            let met = school["criteria"][at]["verdict"] == "met";
            assert_eq!(decided["result"][key(number)], met, "{} {number}: {}", school["code"], decided["result"]);
        }
    }
    for _ in 0..5 {
        let start = Instant::now();
        let mut text = Vec::new();
        for context in &contexts {
            evaluate(context, &mut text);
        }
        let seconds = start.elapsed().as_secs_f64();
        println!("{:.0} schools/s, {} bytes a school", schools.len() as f64 / seconds, text.len() / schools.len());
    }
}

fn key(number: &str) -> String {
    format!("c{}", number.replace('.', "_"))
}

/// One node with an expression for each criterion.
fn graph(run: &Value) -> Value {
    let expressions: Vec<Value> = NUMBERS
        .iter()
        .enumerate()
        .map(|(at, number)| {
            let known = run["schools"].as_array().unwrap().iter().map(|school| &school["criteria"][at]);
            let against = known.map(|c| &c["against"]).find(|against| !against.is_null());
            let name = key(number);
            let value = match against {
                None if *number == "2.4" => format!("{name}a == true or {name}b == true"),
                None => format!("{name}v == true"),
                Some(against) => {
                    let sign = match against["relation"].as_str().unwrap() {
                        "less" => "<",
                        "at_most" | "in_lowest" => "<=",
                        "more" => ">",
                        "at_least" => ">=",
                        "equal" => "==",
                        other => panic!("{other}"),
                    };
                    match against["exact"].as_str().unwrap() {
                        "true" => format!("{name}v == true"),
                        exact => format!("{name}v != null and {name}v {sign} {:?}", number_of(exact)),
                    }
                }
            };
            json!({ "id": name, "key": name, "value": value })
        })
        .collect();
    json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "content": { "schema": "" } },
            { "id": "all", "name": "criteria", "type": "expressionNode", "content": { "expressions": expressions } },
            { "id": "out", "name": "out", "type": "outputNode", "content": { "schema": "" } },
        ],
        "edges": [
            { "id": "a", "sourceId": "in", "targetId": "all", "type": "edge" },
            { "id": "b", "sourceId": "all", "targetId": "out", "type": "edge" },
        ],
    })
}

/// The values of one school.
fn context(school: &Value) -> Value {
    let mut all = Map::new();
    for (at, number) in NUMBERS.iter().enumerate() {
        let values = school["criteria"][at]["values"].as_array().unwrap();
        for (place, value) in values.iter().enumerate() {
            let letter = if values.len() == 1 { 'v' } else { char::from(b'a' + place as u8) };
            // of a count that is open, what is certain
            let told = value.get("exact").or_else(|| value.get("at_least"));
            let value = match told.and_then(Value::as_str) {
                None => Value::Null,
                Some("true") => Value::Bool(true),
                Some("false") => Value::Bool(false),
                Some(text) => json!(number_of(text)),
            };
            all.insert(format!("{}{letter}", key(number)), value);
        }
    }
    Value::Object(all)
}

fn number_of(text: &str) -> f64 {
    let number = |text: &str| text.parse::<f64>().unwrap();
    text.split_once('/').map_or_else(|| number(text), |(a, b)| number(a) / number(b))
}
